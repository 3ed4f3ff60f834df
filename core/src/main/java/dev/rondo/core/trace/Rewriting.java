package dev.rondo.core.trace;

import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.ExpressionException;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.spi.Rewrite;
import java.util.ArrayList;
import java.util.List;

/** What all wrappers around a cell make of its matrix products, the innermost first. */
final class Rewriting {
    static final Rewriting NONE = new Rewriting(List.of());

    /** @param path of the wrapper, beneath which the names are that it is told */
    private record One(String path, Rewrite rewrite) {
        String local(String full) {
            return full.substring(path.length() + 1);
        }
    }

    private final List<One> all;

    private Rewriting(List<One> all) {
        this.all = all;
    }

    /** These with {@code rewrite} inside of them. */
    Rewriting within(String path, Rewrite rewrite) {
        List<One> more = new ArrayList<>(List.of(new One(path, rewrite)));
        more.addAll(all);
        return new Rewriting(more);
    }

    /**
     * The product that takes the place of {@code operand · weight}.
     *
     * @param full name of the weight in the model
     */
    Expr multiplied(String full, boolean recurrent, Expr operand, Expr weight) {
        Expr left = operand;
        Expr right = weight;
        for (One each : all) {
            String name = each.local(full);
            left = like("operand", left, each.rewrite().operand(name, recurrent, left));
            right = like("weight", right, each.rewrite().weight(name, recurrent, right));
        }
        Expr product = Fn.matmul(left, right);
        for (One each : all) {
            product = like("product", product, each.rewrite().product(each.local(full), recurrent, product));
        }
        return product;
    }

    private static Expr like(String what, Expr before, Expr after) {
        if (!after.shape().equals(before.shape())) {
            throw new ExpressionException("rewrite", what + " " + after.shape() + ", expected " + before.shape());
        }
        return after;
    }
}
