package dev.rondo.cli;

/** Lets every long option be written with underscores as well: {@code --seq_len} is {@code --seq-len}. */
final class Spelling {
    private Spelling() {}

    static String[] hyphens(String... args) {
        String[] result = args.clone();
        for (int i = 0; i < result.length && !result[i].equals("--"); i++) {
            if (result[i].startsWith("--")) {
                int end = result[i].indexOf('=');
                String name = end < 0 ? result[i] : result[i].substring(0, end);
                result[i] = name.replace('_', '-') + result[i].substring(name.length());
            }
        }
        return result;
    }
}
