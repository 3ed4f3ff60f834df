package dev.rondo.core.spec;

import dev.rondo.api.spi.UsageException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects everything that is wrong with a spec, so that it can be said at once. */
final class Report {
    private static final int WIDTH = 100;

    private final String text;
    private final List<Problem> problems = new ArrayList<>();

    /**
     * One thing that is wrong.
     *
     * @param where which part of the spec, in words
     * @param what is wrong
     * @param at what the carets point to
     * @param hints lines below, without their indent
     */
    private record Problem(String where, String what, Span at, List<String> hints) {}

    Report(String text) {
        this.text = text;
    }

    void add(String where, String what, Span at, List<String> hints) {
        problems.add(new Problem(where, what, at, List.copyOf(hints)));
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    /** Throws what was collected, if anything was. */
    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new UsageException(toString());
        }
    }

    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder();
        problems.stream()
                .sorted(Comparator.comparingInt(problem -> problem.at().start()))
                .forEach(problem -> print(problem, lines));
        if (problems.size() > 1) {
            lines.append(problems.size()).append(" errors\n");
        }
        return lines.toString().stripTrailing();
    }

    private void print(Problem problem, StringBuilder lines) {
        Span at = problem.at();
        lines.append(problem.where()).append(": ").append(problem.what()).append('\n');
        if (!text.isBlank()) {
            point(at, lines);
        }
        for (String hint : problem.hints()) {
            wrap(hint, lines);
        }
    }

    private void point(Span at, StringBuilder lines) {
        // One character stands for one: a tab or a line break would move the carets.
        lines.append("  ").append(text.replaceAll("\\s", " ")).append('\n');
        lines.append("  ").append(" ".repeat(at.start()));
        lines.append("^".repeat(Math.max(1, at.end() - at.start()))).append('\n');
    }

    private static void wrap(String hint, StringBuilder lines) {
        StringBuilder line = new StringBuilder(" ");
        for (String word : hint.split(" ")) {
            if (line.length() + 1 + word.length() > WIDTH) {
                lines.append(line).append('\n');
                line = new StringBuilder("   ");
            }
            line.append(' ').append(word);
        }
        lines.append(line).append('\n');
    }
}
