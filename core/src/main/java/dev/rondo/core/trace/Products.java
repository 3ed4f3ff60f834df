package dev.rondo.core.trace;

import dev.rondo.api.expr.Absent;
import dev.rondo.api.expr.Axis;
import dev.rondo.api.expr.Bias;
import dev.rondo.api.expr.Expr;
import dev.rondo.api.expr.ExpressionException;
import dev.rondo.api.expr.Fn;
import dev.rondo.api.expr.Init;
import dev.rondo.api.expr.Shape;
import dev.rondo.api.expr.Term;
import dev.rondo.api.expr.Weighted;
import dev.rondo.api.spi.Role;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sum of operands times weights that {@code affine} and {@code linear} stand for.
 *
 * <p>A weight is called {@code name.W} where its operand needs no state and {@code name.U} where it does, in small letters where it is
 * diagonal, with a number from the second on.
 */
final class Products {
    private final Book book;
    private final @Nullable Steps steps;
    private final Rewriting rewriting;
    private final String name;
    private final String full;
    private final int width;
    private final Map<String, Integer> letters = new LinkedHashMap<>();

    /**
     * A sum that is yet empty.
     *
     * @param steps the states by which recurrent weights are told; absent outside of a step
     * @param path of the plugin
     * @param name of the sum within it
     * @param width of the sum
     */
    Products(Book book, @Nullable Steps steps, Rewriting rewriting, String path, String name, int width) {
        this.book = book;
        this.steps = steps;
        this.rewriting = rewriting;
        this.name = name;
        this.full = path + "/" + name;
        this.width = width;
    }

    /** The sum over {@code terms}, which may say how a bias begins. */
    Expr affine(Term... terms) {
        Init init = Init.ZEROS;
        for (Term term : terms) {
            init = term instanceof Bias bias ? bias.init() : init;
        }
        Expr sum = sum(terms);
        Expr bias = book.parameter(full + ".b", Shape.vector(width), init, Role.BIAS);
        return sum == null ? bias : labelled(sum.plus(bias)); // a bias alone is a leaf, and leaves are told by identity
    }

    /** The sum over {@code terms} without a bias. */
    Expr linear(Term... terms) {
        Expr sum = sum(terms);
        if (sum == null) {
            throw new ExpressionException("linear " + name, "there is no operand");
        }
        return labelled(sum);
    }

    private @Nullable Expr sum(Term... terms) {
        Expr sum = null;
        for (Term term : terms) {
            Expr product = product(term);
            if (product != null) {
                sum = sum == null ? product : sum.plus(product);
            }
        }
        return sum;
    }

    private Expr labelled(Expr sum) {
        Map<String, Object> attributes = new LinkedHashMap<>(sum.attributes());
        attributes.put("label", name);
        return Expr.node(sum.op(), sum.shape(), attributes, sum.inputs().toArray(Expr[]::new));
    }

    private @Nullable Expr product(Term term) {
        if (term instanceof Expr operand) {
            return product(new Weighted(operand, Weighted.Kind.FULL, Init.AUTO, 1, null));
        }
        if (term instanceof Weighted weighted) {
            return product(weighted);
        }
        if (term instanceof Bias || term instanceof Absent) {
            return null;
        }
        throw new ExpressionException("affine " + name, "unknown operand " + term);
    }

    private Expr product(Weighted term) {
        Expr operand = term.operand();
        boolean recurrent = steps != null && steps.recurrent(operand);
        String weight = weightName(recurrent, term.kind());
        return switch (term.kind()) {
            case GIVEN -> {
                Expr given = multiplied(weight, recurrent, operand, Objects.requireNonNull(term.weight()));
                require("weight", Axis.COLUMNS, given.width());
                yield given;
            }
            case DIAGONAL -> {
                require("operand of a diagonal weight", Axis.FEATURES, operand.width());
                Init init = term.init() == Init.AUTO ? Init.GLOROT : term.init();
                yield operand.times(book.parameter(weight, Shape.vector(width), init, Role.VECTOR));
            }
            case FULL -> weighted(weight, recurrent, operand, width, term.init());
            case HEADS -> heads(weight, recurrent, term);
        };
    }

    private String weightName(boolean recurrent, Weighted.Kind kind) {
        String letter = recurrent ? "U" : "W";
        letter = kind == Weighted.Kind.DIAGONAL ? letter.toLowerCase(Locale.ROOT) : letter;
        int number = letters.merge(letter, 1, Integer::sum);
        return full + "." + letter + (number == 1 ? "" : number);
    }

    private void require(String operand, Axis axis, int got) {
        if (width != got) {
            throw new ExpressionException("affine " + name, operand, axis, width, got);
        }
    }

    /** The operand times a weight of its own. */
    private Expr weighted(String weight, boolean recurrent, Expr operand, int columns, Init wanted) {
        Init init = wanted != Init.AUTO ? wanted : recurrent ? Init.ORTHOGONAL : Init.GLOROT;
        Role role = recurrent ? Role.RECURRENT : Role.INPUT;
        Expr matrix = book.parameter(weight, Shape.matrix(operand.width(), columns), init, role);
        return multiplied(weight, recurrent, operand, matrix);
    }

    /** Each head's share of the operand times a weight of its own. */
    private Expr heads(String weight, boolean recurrent, Weighted term) {
        Expr operand = term.operand();
        int heads = term.heads();
        for (int size : new int[] {operand.width(), width}) {
            if (size % heads != 0) {
                throw new ExpressionException(
                        "affine " + name, heads + " heads do not divide " + size + " features evenly");
            }
        }
        if (heads == 1) {
            return weighted(weight, recurrent, operand, width, term.init());
        }
        int share = operand.width() / heads;
        Expr[] parts = new Expr[heads];
        for (int i = 0; i < heads; i++) {
            Expr part = Fn.slice(operand, i * share, (i + 1) * share);
            parts[i] = weighted(weight + ".head" + i, recurrent, part, width / heads, term.init());
        }
        return Fn.concat(parts[0], Arrays.copyOfRange(parts, 1, heads));
    }

    private Expr multiplied(String weight, boolean recurrent, Expr operand, Expr matrix) {
        return rewriting.multiplied(weight, recurrent, operand, matrix);
    }
}
