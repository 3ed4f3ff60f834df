package dev.rondo.api.expr;

/**
 * Fills a parameter before training, outside of the graph.
 *
 * <p>Values come in the order of the shape's axes, the last one fastest.
 */
@FunctionalInterface
public interface Init {
    /** Orthogonal where the operand depends on a state, Glorot for other weights, zero for biases. */
    Init AUTO = (values, shape, random) -> {
        throw new IllegalStateException("AUTO is resolved by the tracer");
    };

    Init ZEROS = constant(0);

    Init ONES = constant(1);

    /** Uniform in ±√(6/(rows + columns)); Glorot and Bengio 2010, equation 16. A vector counts as one row. */
    Init GLOROT = (values, shape, random) -> {
        int rows = shape.has(Axis.ROWS) ? shape.size(Axis.ROWS) : 1;
        double bound = Math.sqrt(6.0 / (rows + (double) values.length / rows));
        uniform(-bound, bound).fill(values, shape, random);
    };

    /** Orthonormal rows or columns, whichever are fewer; Saxe et al., arXiv 1312.6120. */
    Init ORTHOGONAL =
            (values, shape, random) -> Orthogonal.fill(values, shape.size(Axis.ROWS), shape.size(Axis.COLUMNS), random);

    /** The unit matrix, cut or padded with zeros where it is not square. */
    Init IDENTITY = (values, shape, random) -> {
        int columns = shape.size(Axis.COLUMNS);
        for (int i = 0; i < values.length; i++) {
            values[i] = i / columns == i % columns ? 1 : 0;
        }
    };

    /** Writes every element of {@code values}. */
    void fill(float[] values, Shape shape, RandomStream random);

    static Init constant(double value) {
        return each((index, random) -> value);
    }

    static Init uniform(double low, double high) {
        return each((index, random) -> low + (high - low) * random.uniform());
    }

    static Init normal(double deviation) {
        return each((index, random) -> deviation * random.normal());
    }

    /** Each element from its position: chrono, power laws, log-uniform periods. */
    static Init each(Element element) {
        return (values, shape, random) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) element.at(i, random);
            }
        };
    }

    /** One element of a parameter. */
    @FunctionalInterface
    interface Element {
        double at(int index, RandomStream random);
    }
}
