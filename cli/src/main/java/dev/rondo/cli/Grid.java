package dev.rondo.cli;

import dev.rondo.api.spi.UsageException;
import dev.rondo.core.Rondo;
import dev.rondo.core.spec.SpecList;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is compared: every combination of layers, optimisers and gates, each with every seed.
 *
 * @param entries in the order of the lists, the layers changing slowest
 * @param seeds the seeds of each entry's runs
 */
record Grid(List<Entry> entries, List<Long> seeds) {
    /**
     * One combination.
     *
     * @param sigmoid empty for the usual one
     * @param tanh empty for the usual one
     */
    record Entry(String layers, String optimizer, String sigmoid, String tanh) {
        /** A folder's name; entries that differ get names that differ. */
        String folder(int number) {
            String words = (layers + "-" + optimizer + (sigmoid.isEmpty() ? "" : "-" + sigmoid)
                            + (tanh.isEmpty() ? "" : "-" + tanh))
                    .replaceAll("[^A-Za-z0-9._=]+", "-");
            return String.format("%03d-%s", number + 1, words.substring(0, Math.min(80, words.length())));
        }
    }

    Grid {
        entries = List.copyOf(entries);
        seeds = List.copyOf(seeds);
    }

    /**
     * The combinations of comma-separated lists.
     *
     * @param units size of layers that need one and are named without
     * @throws UsageException that lists everything wrong with any entry
     */
    static Grid of(
            Rondo rondo, String cells, String optimizers, String sigmoids, String tanhs, int units, List<Long> seeds) {
        Errors errors = new Errors();
        List<String> layers = checked(
                "--cells", cells, errors, rondo::layers, each -> rondo.specs().sized(each, units));
        List<String> optims = checked("--optims", optimizers, errors, rondo::optimizer, each -> each);
        List<String> sigmoid = gates("--sigmoids", sigmoids, errors, rondo);
        List<String> tanh = gates("--tanhs", tanhs, errors, rondo);
        errors.throwIfAny();
        List<Entry> entries = new ArrayList<>();
        for (String layer : layers) {
            for (String optim : optims) {
                for (String s : sigmoid) {
                    for (String t : tanh) {
                        entries.add(new Entry(layer, optim, s, t));
                    }
                }
            }
        }
        return new Grid(entries, seeds);
    }

    private static List<String> gates(String option, String list, Errors errors, Rondo rondo) {
        return list.isEmpty() ? List.of("") : checked(option, list, errors, rondo::activation, each -> each);
    }

    private interface Change {
        String of(String entry);
    }

    private static List<String> checked(
            String option, String list, Errors errors, Consumer<String> reader, Change change) {
        Set<String> entries = new LinkedHashSet<>();
        for (String each : SpecList.split(list)) {
            if (each.isEmpty()) {
                errors.add(option + ": an entry of the list is empty: '" + list + "'");
                continue;
            }
            String entry = change.of(each);
            errors.collect(() -> {
                reader.accept(entry);
                return entry;
            });
            if (!entries.add(entry)) {
                errors.add(option + ": " + entry + " stands twice in the list");
            }
        }
        return List.copyOf(entries);
    }
}
