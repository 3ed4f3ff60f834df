package dev.rondo.core;

import dev.rondo.api.spi.Activation;
import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.Option;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.files.ModelFile;
import dev.rondo.core.files.Tensor;
import dev.rondo.core.registry.Kind;
import dev.rondo.core.registry.Registered;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.spec.Defaults;
import dev.rondo.core.spec.Options;
import dev.rondo.core.spec.Specs;
import dev.rondo.core.trace.Digest;
import dev.rondo.core.trace.Gates;
import dev.rondo.core.trace.InitPreset;
import dev.rondo.core.trace.Initialiser;
import dev.rondo.core.trace.Stored;
import dev.rondo.core.trace.TracedLayer;
import dev.rondo.core.trace.TracedModel;
import dev.rondo.core.trace.Tracer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes models of specs and of files, and files of models. */
final class ModelBuilder {
    private final Rondo rondo;

    ModelBuilder(Rondo rondo) {
        this.rondo = rondo;
    }

    Model create(ModelSpec spec, long seed, InitPreset init) {
        List<Configured<?>> layers = rondo.layers(spec.layers());
        Configured<?> head = spec.head() ? rondo.specs().layer(Defaults.HEAD + "_" + spec.width()) : null;
        TracedModel traced = trace(spec, layers, head);
        return new Model(
                rondo, canonical(spec, layers), traced, Initialiser.fill(rondo.kernels(), init.of(traced), seed));
    }

    private TracedModel trace(ModelSpec spec, List<Configured<?>> layers, @Nullable Configured<?> head) {
        Gates gates = new Gates(gate(spec.sigmoid()), gate(spec.tanh()));
        return new Tracer(gates, rondo::activation).trace(layers, spec.inputClasses(), head, spec.width());
    }

    private @Nullable Configured<Activation> gate(String spec) {
        return spec.isEmpty() ? null : rondo.activation(spec);
    }

    private ModelSpec canonical(ModelSpec spec, List<Configured<?>> layers) {
        return new ModelSpec(
                Specs.print(layers),
                spec.head(),
                spec.sigmoid().isEmpty() ? "" : rondo.activation(spec.sigmoid()).spec(),
                spec.tanh().isEmpty() ? "" : rondo.activation(spec.tanh()).spec(),
                spec.inputs(),
                spec.targets(),
                spec.normalization(),
                spec.classes(),
                spec.outputs());
    }

    ModelFile file(Model model) {
        Map<String, String> equations = new LinkedHashMap<>();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        SortedMap<String, String> plugins = new TreeMap<>();
        String head = "";
        for (TracedLayer layer : model.traced().layers()) {
            equations.put(layer.path(), Digest.of(layer));
            collect(layer.configured(), plugins);
            head = layer.added() ? layer.configured().spec() : head;
        }
        for (String gate : List.of(model.spec().sigmoid(), model.spec().tanh())) {
            if (!gate.isEmpty()) {
                collect(rondo.activation(gate), plugins);
            }
        }
        float[][] values = model.parameters();
        for (int i = 0; i < values.length; i++) {
            Stored array = model.traced().stored().get(i);
            tensors.put(array.name(), Tensor.of(values[i], array.sizes()));
        }
        ModelSpec spec = model.spec();
        return new ModelFile(
                spec.layers(),
                head,
                spec.sigmoid(),
                spec.tanh(),
                spec.inputs(),
                spec.targets(),
                spec.normalization(),
                spec.classes(),
                spec.outputs(),
                plugins,
                equations,
                tensors);
    }

    /** Name and version of every plugin that a spec uses, those in parentheses and in options too. */
    private void collect(Configured<?> configured, SortedMap<String, String> plugins) {
        plugins.put(
                configured.name(),
                find(configured.name()).map(each -> each.origin().version()).orElse(""));
        configured.wrapped().forEach(each -> collect(each, plugins));
        for (Option<?> option : configured.plugin().describe().options()) {
            if (Options.isActivation(option) && configured.value(option) instanceof String spec && !spec.isEmpty()) {
                collect(rondo.activation(spec), plugins);
            }
        }
    }

    private Optional<Registered<?>> find(String name) {
        return rondo.registry().named(name).stream()
                .filter(each -> each.kind().space().equals(Kind.LAYER.space()))
                .findFirst();
    }

    Model load(Path file, boolean force) {
        ModelFile content = ModelFile.read(file);
        List<String> absent = new ArrayList<>();
        content.plugins().forEach((name, version) -> {
            if (find(name).isEmpty()) {
                absent.add(name + (version.isEmpty() ? "" : " " + version));
            }
        });
        if (!absent.isEmpty()) {
            throw new DataException(
                    file + " needs " + (absent.size() == 1 ? "the plugin " : "the plugins ") + String.join(", ", absent)
                            + ", which is not among those found; put its JAR into plugins/ or on the class path");
        }
        ModelSpec spec = new ModelSpec(
                content.layers(),
                !content.head().isEmpty(),
                content.sigmoid(),
                content.tanh(),
                content.inputs(),
                content.targets(),
                content.normalization(),
                content.classes(),
                content.outputs());
        TracedModel traced;
        try {
            Configured<?> head = content.head().isEmpty() ? null : rondo.specs().layer(content.head());
            traced = trace(spec, rondo.layers(content.layers()), head);
        } catch (UsageException changed) {
            throw new DataException(file + " cannot be built any more: " + changed.getMessage(), changed);
        }
        if (!force) {
            checkEquations(file, content, traced);
        }
        return new Model(rondo, spec, traced, parameters(file, content, traced));
    }

    private void checkEquations(Path file, ModelFile content, TracedModel traced) {
        for (TracedLayer layer : traced.layers()) {
            String saved = content.equations().get(layer.path());
            if (!Digest.of(layer).equals(saved)) {
                String version =
                        content.plugins().getOrDefault(layer.configured().name(), "");
                String now = find(layer.configured().name())
                        .map(each -> each.origin().version())
                        .orElse("");
                throw new DataException("the equations of layer " + layer.path() + " have changed since " + file
                        + " was saved"
                        + (version.equals(now) || now.isEmpty()
                                ? ""
                                : " (plugin version " + version + ", now " + now + ")")
                        + ": its parameters may not mean the same any more; --force loads them nevertheless");
            }
        }
    }

    private static void requireFinite(Path file, String parameter, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new DataException(file + " is damaged: value " + (i + 1) + " of " + values.length + " of "
                        + parameter + " is " + values[i] + ", and no model has one that is not finite");
            }
        }
    }

    private static float[][] parameters(Path file, ModelFile content, TracedModel traced) {
        List<Stored> wanted = traced.stored();
        float[][] values = new float[wanted.size()][];
        for (int i = 0; i < values.length; i++) {
            Stored parameter = wanted.get(i);
            Tensor tensor = content.parameters().get(parameter.name());
            if (tensor == null) {
                throw new DataException(file + " lacks the parameter " + parameter.name());
            }
            if (tensor.type() != Tensor.Type.F32 || !Arrays.equals(tensor.shape(), parameter.sizes())) {
                throw new DataException(file + " has " + parameter.name() + " as " + tensor + "; needed is F32 "
                        + Arrays.toString(parameter.sizes()));
            }
            values[i] = tensor.floats();
            requireFinite(file, parameter.name(), values[i]);
        }
        for (String name : content.parameters().keySet()) {
            if (wanted.stream().noneMatch(parameter -> parameter.name().equals(name))) {
                throw new DataException(file + " has a parameter " + name + " that none of its layers knows");
            }
        }
        return values;
    }
}
