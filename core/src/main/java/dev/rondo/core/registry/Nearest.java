package dev.rondo.core.registry;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the names that someone may have meant. */
public final class Nearest {
    private static final int MOST = 3;

    private Nearest() {}

    /** At most three of {@code names} that a slip of the keyboard could have made {@code written} of, the nearest first. */
    public static List<String> to(String written, Collection<String> names) {
        String folded = Registry.fold(written);
        return names.stream()
                .distinct()
                .filter(name -> near(folded, Registry.fold(name)))
                .sorted(Comparator.<String>comparingInt(name -> distance(folded, Registry.fold(name)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    private static boolean near(String written, String name) {
        boolean shortened = written.length() >= 3 && (name.startsWith(written) || name.endsWith(written));
        int allowed = Math.max(1, (Math.max(written.length(), name.length()) + 1) / 3);
        return shortened || distance(written, name) <= allowed;
    }

    /** How many letters must be added, left out, replaced or swapped with their neighbour to make {@code b} of {@code a}. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
