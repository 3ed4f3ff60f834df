package dev.rondo.cuda;

import org.jspecify.annotations.Nullable;

/** One layer of a program on the device. What goes over from the host and back has methods of its own. */
interface DeviceLayer {
    /** Steps that have to lie before the first of its input. */
    default int before() {
        return 0;
    }

    /** Steps that have to lie after the last of its input; they are 0 and stay so. */
    default int after() {
        return 0;
    }

    /** Takes the values of its parameters. */
    void parameters(float[][] values);

    /**
     * Takes what a piece begins with.
     *
     * @param x where the input will be; what lies {@link #before} it is this layer's to fill
     */
    void begin(DeviceArray x, float[][] states, Draws draws);

    /**
     * y of x.
     *
     * @param x [time, batch, inputs]; 0 past a row's length
     * @param y overwritten, likewise
     */
    void forward(DeviceArray x, DeviceArray y);

    /** Writes the states after the piece; 0 where nothing is carried. */
    void states(DeviceArray x, float[][] after);

    /**
     * The gradients of the last piece.
     *
     * @param dy by y; 0 past a row's length
     * @param dx overwritten with the gradient by x, 0 past a row's length; absent where nobody wants it
     */
    void backward(DeviceArray x, DeviceArray dy, @Nullable DeviceArray dx);

    /** Writes the gradient by each parameter. */
    void gradients(float[][] gradients);
}
