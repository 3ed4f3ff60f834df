package dev.rondo.cli;

import dev.rondo.core.data.Accuracy;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How numbers are written for people and for machines. */
final class Figures {
    private Figures() {}

    /** Four digits, in a form that stays short for very large and very small numbers. */
    static String shortly(double value) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-3 || size >= 1e5)) {
            return String.format(Locale.ROOT, "%.3e", value)
                    .replace("e-0", "e-")
                    .replace("e+0", "e");
        }
        int digits = size == 0 ? 1 : (int) Math.max(0, 3 - Math.floor(Math.log10(size)));
        return String.format(Locale.ROOT, "%." + Math.min(digits, 6) + "f", value);
    }

    /** As the value would be typed: whole numbers without a point. */
    static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** As {@code 1 epoch}, {@code 2,000 epochs}. */
    static String epochs(int count) {
        return grouped(count) + (count == 1 ? " epoch" : " epochs");
    }

    /** With a comma between thousands. */
    static String grouped(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /**
     * Figures of the test part by the keys of JSON: {@code mse}, {@code bitsPerCharacter}, {@code nrmse_by=range}. The errors of numbers
     * are always there.
     */
    static Map<String, Object> asMap(Comparison.Row row) {
        Map<String, Object> map = new LinkedHashMap<>();
        Accuracy errors = row.errors();
        if (errors != null) {
            map.put("mse", errors.mse());
            map.put("rmse", errors.rmse());
            map.put("mae", errors.mae());
        }
        row.test().forEach((metric, value) -> map.put(key(metric), value));
        return map;
    }

    /** A name of capitals in small letters, another with its first letter small; options stay. */
    private static String key(String metric) {
        int end = metric.indexOf('_') < 0 ? metric.length() : metric.indexOf('_');
        String name = metric.substring(0, end);
        boolean capitals = name.equals(name.toUpperCase(Locale.ROOT));
        int small = capitals ? end : 1;
        return metric.substring(0, small).toLowerCase(Locale.ROOT) + metric.substring(small);
    }
}
