package dev.rondo.core.spec;

import java.util.ArrayList;
import java.util.List;

/** Specs that are separated by commas. */
public final class SpecList {
    private SpecList() {}

    /** The specs between commas, of which those within parentheses and quotes separate nothing; without blanks around them. */
    public static List<String> split(String list) {
        List<String> entries = new ArrayList<>();
        int depth = 0;
        char quote = 0;
        int start = 0;
        for (int i = 0; i <= list.length(); i++) {
            char c = i == list.length() ? ',' : list.charAt(i);
            if (i < list.length() && quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == ',' && (depth <= 0 || i == list.length())) {
                entries.add(list.substring(start, i).strip());
                start = i + 1;
            }
        }
        return entries;
    }
}
