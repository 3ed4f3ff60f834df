package dev.rondo.api.device;

import org.jspecify.annotations.Nullable;

/** Layers compiled for pieces of one size; for one thread at a time. Arrays are row-major and stay the caller's. */
public interface LayerProgram extends AutoCloseable {
    /**
     * One piece of input.
     *
     * @param parameters of all layers, one layer after the other; a snapshot: an array of arrays that was given before holds the
     *     same values, unless {@code training}
     * @param input [time, batch, inputs of the first layer]; what lies past a row's length is ignored
     * @param lengths valid steps of each row, absent where all are full
     * @param states of all layers before the piece; each [steps, batch, width]
     * @param keys of the random draws; absent in evaluation, where draws are their means
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Piece(
            float[][] parameters,
            float[] input,
            int @Nullable [] lengths,
            float[][] states,
            @Nullable Keys keys) {}

    /**
     * What layers make of a piece.
     *
     * @param output [time, batch, outputs of the last layer]; 0 past a row's length
     * @param states after the piece
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Result(float[] output, float[][] states) {}

    /** The keys of random draws. */
    interface Keys {
        /**
         * The key of one row: unit u is drawn with element u of the SplitMix64 sequence that begins there, a 1 where its upper 53
         * bits, as a fraction, are less than the probability.
         *
         * @param layer 0 for the first of the program
         * @param draw number in {@link LayerUse#draws}
         * @param step of the piece, in the order in which the layer goes over it; without meaning for a draw that all steps share
         */
        long key(int layer, int draw, int step, int row);
    }

    /**
     * Computes the layers.
     *
     * @throws DeviceException if the device fails
     */
    Result forward(Piece piece);

    /**
     * Differentiates what {@link #forward} computed last.
     *
     * @param output gradient by the output, [time, batch, outputs]
     * @param parameters overwritten with the gradient by each
     * @param input overwritten with the gradient by the input; absent where nobody wants it
     * @throws DeviceException if the device fails
     */
    void backward(float[] output, float[][] parameters, float @Nullable [] input);

    /** Frees what it holds on the device. */
    @Override
    void close();
}
