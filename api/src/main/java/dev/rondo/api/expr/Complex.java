package dev.rondo.api.expr;

/**
 * A complex value as two real ones.
 *
 * @param re real part
 * @param im imaginary part
 */
public record Complex(Expr re, Expr im) {
    /** The number with this absolute value and angle. */
    public static Complex polar(Expr magnitude, Expr angle) {
        return new Complex(magnitude.times(Fn.cos(angle)), magnitude.times(Fn.sin(angle)));
    }

    public Complex plus(Complex other) {
        return new Complex(re.plus(other.re), im.plus(other.im));
    }

    public Complex times(Complex other) {
        return new Complex(
                re.times(other.re).minus(im.times(other.im)), re.times(other.im).plus(im.times(other.re)));
    }

    /** Both parts times a real value. */
    public Complex times(Expr factor) {
        return new Complex(re.times(factor), im.times(factor));
    }
}
