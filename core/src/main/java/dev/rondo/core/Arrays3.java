package dev.rondo.core;

import dev.rondo.api.spi.UsageException;
import dev.rondo.core.engine.Sequences;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Copies between arrays (time, batch, features) and floats, through buffers: element by element is a hundred times slower. */
final class Arrays3 {
    private Arrays3() {}

    static int steps(INDArray array) {
        return Math.toIntExact(checked(array).size(0));
    }

    static int batch(INDArray array) {
        return Math.toIntExact(checked(array).size(1));
    }

    /** The array as input of a model. */
    static Sequences sequences(INDArray array) {
        return Sequences.of(steps(array), batch(array), Math.toIntExact(array.size(2)), floats(array));
    }

    /** The values, row-major. */
    static float[] floats(INDArray array) {
        float[] values = new float[Math.toIntExact(array.length())];
        // A copy in row-major order: the buffer of a view is that of the whole array.
        array.castTo(DataType.FLOAT).dup('c').data().asNioFloat().get(values);
        return values;
    }

    /** An array (time, batch, features) of {@code values}. */
    static INDArray array(float[] values, long... shape) {
        INDArray array = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
        if (values.length > 0) {
            array.data().asNioFloat().put(values);
        }
        return array;
    }

    private static INDArray checked(INDArray array) {
        if (array.rank() != 3 || array.length() == 0) {
            throw new UsageException(
                    "an array (time, batch, features) is needed, got one of shape " + Arrays.toString(array.shape()));
        }
        return array;
    }
}
