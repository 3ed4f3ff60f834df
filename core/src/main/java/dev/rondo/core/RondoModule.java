package dev.rondo.core;

import com.google.inject.Binder;
import com.google.inject.Inject;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.util.Types;
import dev.rondo.api.device.Accelerator;
import dev.rondo.api.device.Devices;
import dev.rondo.api.spi.Plugin;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.engine.AcceleratedEngine;
import dev.rondo.core.engine.CpuEngine;
import dev.rondo.core.engine.DeviceChoice;
import dev.rondo.core.engine.Engine;
import dev.rondo.core.kernels.KernelChoice;
import dev.rondo.core.kernels.Kernels;
import dev.rondo.core.registry.Discovery;
import dev.rondo.core.registry.Kind;
import dev.rondo.core.registry.Origin;
import dev.rondo.core.registry.Registered;
import dev.rondo.core.registry.Registry;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.spec.Specs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wires Rondo from the plugins that a class loader finds.
 *
 * <p>Each kind of plugin is a {@code MapBinder} from name to plugin, such as {@code MapBinder<String, Layer>}: a module of an
 * application adds its own plugins there.
 */
public final class RondoModule implements Module {
    /** The system property that says on how many threads models run; results do not depend on it. */
    public static final String THREADS = "rondo.threads";

    /** The system property that says what computes: {@code auto}, {@code cpu}, or an accelerator as {@code cuda} or {@code cuda:1}. */
    public static final String DEVICE = "rondo.device";

    /**
     * The choice that {@link #DEVICE} makes; {@code auto} where it is not set.
     *
     * @throws UsageException if it names none
     */
    public static DeviceChoice device() {
        return DeviceChoice.parse(System.getProperty(DEVICE, DeviceChoice.AUTO.toString()));
    }

    private static final Logger LOG = LoggerFactory.getLogger(RondoModule.class);

    private final Discovery discovery;

    public RondoModule(ClassLoader loader) {
        this.discovery = Discovery.with(loader);
        // Names that clash are told with both JARs here; Guice would know the bindings only.
        new Registry(discovery.found(), discovery.failures());
    }

    @Override
    public void configure(Binder binder) {
        binder.bind(Discovery.class).toInstance(discovery);
        Kind.all().forEach(kind -> bind(binder, kind));
        binder.bind(Registry.class).toProvider(Catalogue.class).in(Singleton.class);
        binder.bind(Specs.class).toProvider(Reader.class).in(Singleton.class);
        binder.bind(KernelChoice.class).toProvider(KernelChoice::find).in(Singleton.class);
        binder.bind(Kernels.class).toProvider(Computing.class).in(Singleton.class);
        binder.bind(Engine.class).toProvider(Running.class).in(Singleton.class);
    }

    private <P extends Plugin> void bind(Binder binder, Kind<P> kind) {
        MapBinder<String, P> plugins = MapBinder.newMapBinder(binder, String.class, kind.type());
        for (Registered<?> each : discovery.found()) {
            if (each.kind().equals(kind)) {
                plugins.addBinding(each.name()).toInstance(kind.type().cast(each.plugin()));
            }
        }
    }

    /** Makes the registry of what is bound in the end, which an application may have changed. */
    private static final class Catalogue implements Provider<Registry> {
        private final Injector injector;
        private final Discovery discovery;

        @Inject
        Catalogue(Injector injector, Discovery discovery) {
            this.injector = injector;
            this.discovery = discovery;
        }

        @Override
        public Registry get() {
            List<Registered<?>> bound = new ArrayList<>();
            for (Kind<?> kind : Kind.all()) {
                collect(kind, bound);
            }
            return new Registry(bound, discovery.failures());
        }

        private <P extends Plugin> void collect(Kind<P> kind, List<Registered<?>> bound) {
            @SuppressWarnings("unchecked") // the key says so
            Map<String, P> plugins =
                    (Map<String, P>) injector.getInstance(Key.get(Types.mapOf(String.class, kind.type())));
            for (P plugin : plugins.values()) {
                bound.add(discovery.found().stream()
                        .filter(each -> each.kind().equals(kind) && each.plugin() == plugin)
                        .findFirst()
                        .orElseGet(() -> new Registered<>(kind, plugin, plugin.describe(), Origin.APPLICATION)));
            }
        }
    }

    private static final class Computing implements Provider<Kernels> {
        private final KernelChoice choice;

        @Inject
        Computing(KernelChoice choice) {
            this.choice = choice;
        }

        @Override
        public Kernels get() {
            if (choice.slow()) {
                LOG.info("kernels: {}", choice.note());
            }
            return choice.kernels();
        }
    }

    private static final class Running implements Provider<Engine> {
        private final Kernels kernels;
        private final Registry registry;
        private final Specs specs;

        @Inject
        Running(Kernels kernels, Registry registry, Specs specs) {
            this.kernels = kernels;
            this.registry = registry;
            this.specs = specs;
        }

        @Override
        public Engine get() {
            DeviceChoice choice = device();
            Configured<Accelerator> accelerator = accelerator(choice);
            CpuEngine cpu = new CpuEngine(
                    kernels, Integer.getInteger(THREADS, Runtime.getRuntime().availableProcessors()));
            return accelerator == null ? cpu : new AcceleratedEngine(cpu, accelerator, choice, LOG::info);
        }

        /** The accelerator that is asked for, absent where the CPU computes everything. */
        private @Nullable Configured<Accelerator> accelerator(DeviceChoice choice) {
            if (choice.automatic()) {
                List<Registered<Accelerator>> all = registry.all(Kind.ACCELERATOR);
                return all.isEmpty() ? null : Configured.of(all.get(0).plugin());
            }
            if (!choice.named()) {
                return null;
            }
            Configured<Accelerator> asked = read(choice);
            Devices found = asked.plugin().devices();
            if (choice.number() != null && choice.number() >= found.names().size()) {
                throw new UsageException("there is no device " + choice + "; " + found.listed());
            }
            return asked;
        }

        private Configured<Accelerator> read(DeviceChoice choice) {
            String name = choice.accelerator().split("_", 2)[0];
            try {
                return specs.accelerator(choice.accelerator());
            } catch (UsageException e) {
                throw registry.find(Kind.ACCELERATOR, name).isPresent()
                        ? e
                        : new UsageException(e.getMessage() + "\n  besides accelerators: auto, cpu");
            }
        }
    }

    private static final class Reader implements Provider<Specs> {
        private final Registry registry;

        @Inject
        Reader(Registry registry) {
            this.registry = registry;
        }

        @Override
        public Specs get() {
            return new Specs(registry);
        }
    }
}
