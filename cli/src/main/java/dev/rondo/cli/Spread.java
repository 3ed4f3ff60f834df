package dev.rondo.cli;

/** Mean and deviation in a few letters. */
final class Spread {
    private Spread() {}

    static String of(float[] values) {
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
        }
        double mean = sum / values.length;
        double deviation = Math.sqrt(Math.max(0, squares / values.length - mean * mean));
        return Figures.shortly(mean) + " ± " + Figures.shortly(deviation);
    }
}
