package dev.rondo.cuda;

import dev.rondo.api.device.LayerUse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells which layers the kernels compute. */
final class Recognition {
    private Recognition() {}

    /** Why {@code use} has to stay on the CPU; empty where it does not. */
    static Optional<String> obstacle(LayerUse use) {
        return switch (use.plugin()) {
            case "SRU", "QRNN" -> cell(use, use, 1);
            case "Bidirectional" -> bidirectional(use);
            case "Linear", "Dropout" -> Optional.empty();
            default -> reason(use, use.wrapped().isEmpty() ? "no kernels" : "no kernels for this wrapper");
        };
    }

    /** The layer on the device; of a use without {@link #obstacle}. */
    static DeviceLayer layer(Tools tools, LayerUse use, int steps, int batch, @Nullable DeviceArray lengths) {
        boolean both = use.plugin().equals("Bidirectional");
        LayerUse cell = both ? use.wrapped().get(0) : use;
        int directions = both ? 2 : 1;
        Extent extent = new Extent(steps, batch, use.outputs(), use.outputs() / directions, lengths);
        return switch (cell.plugin()) {
            case "SRU" -> new SruLayer(tools, SruForm.of(cell, use.inputs(), directions), use, extent);
            case "QRNN" -> new QrnnLayer(tools, QrnnForm.of(cell, use.inputs(), directions), use, extent);
            case "Linear" -> new LinearLayer(tools, use, extent);
            case "Dropout" -> new DropoutLayer(tools, use, extent);
            default -> throw new IllegalArgumentException(use.path() + " was not offered");
        };
    }

    private static Optional<String> bidirectional(LayerUse use) {
        LayerUse cell = use.wrapped().get(0);
        if (!use.option("merge").equals("concat")) {
            return reason(use, "another merge than concat");
        }
        if (!Set.of("SRU", "QRNN").contains(cell.plugin())) {
            return reason(use, "no kernels for " + cell.plugin());
        }
        return cell(use, cell, 2);
    }

    private static Optional<String> cell(LayerUse use, LayerUse cell, int directions) {
        boolean sru = cell.plugin().equals("SRU");
        boolean standard = Set.of("", "sigmoid").contains(use.sigmoid())
                && (sru || Set.of("", "tanh").contains(use.tanh())); // no gate of an SRU is a tanh
        if (!standard) {
            return reason(use, "other gates than sigmoid and tanh");
        }
        if (sru) {
            if (!Set.of("identity", "tanh").contains(cell.option("activation"))) {
                return reason(use, "another activation than identity and tanh");
            }
            if (!cell.option("n-proj").equals("0")) {
                return reason(use, "a projected input");
            }
        } else if (cell.option("dense").equals("true")) {
            return reason(use, "a dense output");
        }
        return parameters(use, cell, directions);
    }

    /** A plugin of the same name with other equations has other parameters. */
    private static Optional<String> parameters(LayerUse use, LayerUse cell, int directions) {
        try {
            int packed;
            if (cell.plugin().equals("SRU")) {
                SruForm form = SruForm.of(cell, use.inputs(), directions);
                packed = form.weight(use).covered()
                        + form.bias(use).covered()
                        + form.peek(use).covered();
            } else {
                QrnnForm form = QrnnForm.of(cell, use.inputs(), directions);
                packed = form.bias(use).covered()
                        + form.looks(use).stream()
                                .mapToInt(look -> look.weight().covered())
                                .sum();
            }
            List<LayerUse.Parameter> all = use.parameters();
            return packed == all.stream().mapToInt(LayerUse.Parameter::length).sum()
                    ? Optional.empty()
                    : reason(use, "other parameters than the kernels know");
        } catch (ArithmeticException large) {
            return reason(use, "more weights than one array holds");
        } catch (IllegalArgumentException other) { // a parameter is missing, an option is no number
            return reason(use, "other equations than the kernels': " + other.getMessage());
        }
    }

    private static Optional<String> reason(LayerUse use, String what) {
        return Optional.of(use.path() + ": " + what);
    }
}
