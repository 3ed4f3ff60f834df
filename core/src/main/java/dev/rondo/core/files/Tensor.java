package dev.rondo.core.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** An array of a safetensors file: element type, shape and values, row-major; immutable. */
public final class Tensor {
    /** Element types that the format knows. */
    public enum Type {
        F64(8),
        I64(8),
        U64(8),
        F32(4),
        I32(4),
        U32(4),
        F16(2),
        BF16(2),
        I16(2),
        U16(2),
        I8(1),
        U8(1),
        BOOL(1);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        /** Size of one element in bytes. */
        public int bytes() {
            return bytes;
        }

        static Optional<Type> of(String name) {
            return Arrays.stream(values())
                    .filter(type -> type.name().equals(name))
                    .findFirst();
        }
    }

    private final Type type;
    private final int[] shape;
    private final ByteBuffer data;

    /** Takes the buffer as it is, from position to limit. */
    Tensor(Type type, int[] shape, ByteBuffer data) {
        this.type = type;
        this.shape = shape;
        this.data = data.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Floats, stored as they are. */
    public static Tensor of(float[] values, int... shape) {
        ByteBuffer data = allocate(Type.F32, values.length, shape);
        data.asFloatBuffer().put(values);
        return new Tensor(Type.F32, shape.clone(), data);
    }

    /** Doubles, stored as they are. */
    public static Tensor of(double[] values, int... shape) {
        ByteBuffer data = allocate(Type.F64, values.length, shape);
        data.asDoubleBuffer().put(values);
        return new Tensor(Type.F64, shape.clone(), data);
    }

    /** Whole numbers, stored as they are. */
    public static Tensor of(long[] values, int... shape) {
        ByteBuffer data = allocate(Type.I64, values.length, shape);
        data.asLongBuffer().put(values);
        return new Tensor(Type.I64, shape.clone(), data);
    }

    private static ByteBuffer allocate(Type type, int length, int[] shape) {
        if (Arrays.stream(shape).reduce(1, Math::multiplyExact) != length) {
            throw new IllegalArgumentException(length + " values do not fill the shape " + Arrays.toString(shape));
        }
        return ByteBuffer.allocate(Math.multiplyExact(length, type.bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    public Type type() {
        return type;
    }

    public int[] shape() {
        return shape.clone();
    }

    /** Number of values. */
    public int length() {
        return data.capacity() / type.bytes;
    }

    /** A copy of the values; 16-bit floats are widened. */
    public float[] floats() {
        float[] values = new float[length()];
        switch (type) {
            case F32 -> data.asFloatBuffer().get(values);
            case F16 -> fill(values, true);
            case BF16 -> fill(values, false);
            default -> throw new IllegalStateException(type + " is no type of float");
        }
        return values;
    }

    /** A copy of the values, which must be {@link Type#F64}. */
    public double[] doubles() {
        require(Type.F64);
        double[] values = new double[length()];
        data.asDoubleBuffer().get(values);
        return values;
    }

    /** A copy of the values, which must be {@link Type#I64}. */
    public long[] longs() {
        require(Type.I64);
        long[] values = new long[length()];
        data.asLongBuffer().get(values);
        return values;
    }

    /** The bytes as the file holds them; read-only, from 0 to its limit. */
    ByteBuffer bytes() {
        return data.asReadOnlyBuffer();
    }

    private void fill(float[] values, boolean half) {
        for (int i = 0; i < values.length; i++) {
            short bits = data.getShort(2 * i);
            values[i] = half ? widen(bits) : Float.intBitsToFloat(bits << 16);
        }
    }

    /** A 16-bit IEEE float as a 32-bit one; the JDK has this only from version 20 on. */
    private static float widen(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float magnitude = exponent == 0
                ? fraction * 0x1p-24f
                : exponent == 31
                        ? (fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN)
                        : Float.intBitsToFloat(exponent + 112 << 23 | fraction << 13);
        return bits < 0 ? -magnitude : magnitude;
    }

    private void require(Type wanted) {
        if (type != wanted) {
            throw new IllegalStateException("values of type " + type + " where " + wanted + " is needed");
        }
    }

    @Override
    public String toString() {
        return type + " " + Arrays.toString(shape);
    }
}
