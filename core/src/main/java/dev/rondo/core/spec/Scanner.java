package dev.rondo.core.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes specs apart: {@code TYPE[(SPEC …)][_SIZE][_key=value…]} and {@code TYPE:PATH[_key=value…]}. */
final class Scanner {
    private static final Pattern OPTION = Pattern.compile("_([A-Za-z][A-Za-z0-9-]*)=");

    private final String text;
    private final String where;
    private final Report report;
    /** How many parentheses are open at each character; a parenthesis itself counts to what is around it. */
    private final int[] depth;

    private final boolean[] quoted;
    private boolean torn;

    Scanner(String text, String where, Report report) {
        this.text = text;
        this.where = where;
        this.report = report;
        this.depth = new int[text.length()];
        this.quoted = new boolean[text.length()];
        mark();
    }

    /** Whether parentheses and quotes match; where not, it is reported and there are no specs. */
    boolean isWhole() {
        return !torn;
    }

    /** The specs that blanks separate. */
    List<Item> list() {
        return torn ? List.of() : items(0, text.length(), 0);
    }

    /** The whole text as one spec, blanks included. */
    @Nullable
    Item one() {
        int start = 0;
        int end = text.length();
        while (start < end && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return start == end || torn ? null : item(start, end, 0);
    }

    private void mark() {
        int open = 0;
        int quote = -1;
        int[] opened = new int[text.length()];
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote >= 0) {
                quoted[i] = true;
                depth[i] = open;
                quote = c == text.charAt(quote) ? -1 : quote;
            } else if ((c == '\'' || c == '"') && i > 0 && (text.charAt(i - 1) == '=' || text.charAt(i - 1) == ':')) {
                quoted[i] = true;
                depth[i] = open;
                quote = i;
            } else if (c == '(') {
                depth[i] = open;
                opened[open++] = i;
            } else if (c == ')' && open == 0) {
                tear("this parenthesis closes nothing", i);
            } else {
                depth[i] = c == ')' ? --open : open;
            }
        }
        if (quote >= 0) {
            tear("this quote is not closed", quote);
        }
        for (int i = 0; i < open; i++) {
            tear("this parenthesis is not closed", opened[i]);
        }
    }

    private void tear(String what, int at) {
        torn = true;
        report.add(
                where, what, new Span(at, at + 1), List.of("where it belongs to a value or a path, quote that: '…'"));
    }

    private List<Item> items(int from, int to, int level) {
        List<Item> items = new ArrayList<>();
        int start = -1;
        for (int i = from; i <= to; i++) {
            boolean blank = i == to || plain(i, level) && Character.isWhitespace(text.charAt(i));
            if (blank && start >= 0) {
                items.add(item(start, i, level));
                start = -1;
            } else if (!blank && start < 0) {
                start = i;
            }
        }
        return items;
    }

    private Item item(int from, int to, int level) {
        int options = option(from + 1, to, level);
        int headEnd = from;
        while (headEnd < options && !(plain(headEnd, level) && ":(".indexOf(text.charAt(headEnd)) >= 0)) {
            headEnd++;
        }
        Span head = new Span(from, headEnd);
        List<Item> wrapped = null;
        Span tail = new Span(options, options);
        Span path = null;
        if (headEnd < options && text.charAt(headEnd) == ':') {
            path = new Span(headEnd + 1, options);
        } else if (headEnd < options) {
            int close = headEnd + 1;
            while (!(plain(close, level) && text.charAt(close) == ')')) {
                close++;
            }
            wrapped = items(headEnd + 1, close, level + 1);
            tail = new Span(close + 1, options);
        }
        return new Item(new Span(from, to), head, wrapped, tail, path, settings(options, to, level));
    }

    private List<Item.Setting> settings(int from, int to, int level) {
        List<Item.Setting> settings = new ArrayList<>();
        for (int at = from; at < to; ) {
            int equals = text.indexOf('=', at);
            int end = option(equals + 1, to, level);
            settings.add(new Item.Setting(new Span(at + 1, equals), new Span(equals + 1, end)));
            at = end;
        }
        return settings;
    }

    /** Where the first option at or behind {@code from} begins, {@code to} if there is none. */
    private int option(int from, int to, int level) {
        Matcher matcher = OPTION.matcher(text).region(Math.min(from, to), to);
        while (matcher.find()) {
            if (plain(matcher.start(), level)) {
                return matcher.start();
            }
        }
        return to;
    }

    private boolean plain(int i, int level) {
        return depth[i] == level && !quoted[i];
    }
}
