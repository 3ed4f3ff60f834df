package dev.rondo.cuda;

import org.jspecify.annotations.Nullable;

/** One layer of a program on the device. */
interface DeviceLayer {
    /** Steps that have to lie before the first of its input. */
    default int before() {
        return 0;
    }

    /** Takes the values of its parameters. */
    void parameters(float[][] values);

    /**
     * y of x.
     *
     * @param x [time, batch, inputs]; 0 past a row's length
     * @param y overwritten, likewise
     * @param states before the piece
     * @return the states after it
     */
    float[][] forward(DeviceArray x, DeviceArray y, float[][] states, Draws draws);

    /**
     * The gradients of the last piece.
     *
     * @param dy by y; 0 past a row's length
     * @param dx overwritten with the gradient by x; absent where nobody wants it
     * @param gradients overwritten, for each parameter
     */
    void backward(DeviceArray x, DeviceArray dy, @Nullable DeviceArray dx, float[][] gradients);
}
