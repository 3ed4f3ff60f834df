package dev.rondo.core.engine;

/** The state of a model whose layers are divided between the CPU and a device: taken apart before a piece, put together after it. */
final class DividedState {
    private final Division division;
    private final ModelState whole;
    private final int first;
    private final int last;
    private final float[][] after;

    DividedState(Division division, ModelState whole) {
        this.division = division;
        this.whole = whole;
        first = division.before() == null ? 0 : division.before().states().size();
        last = first + division.device().states().size();
        after = new float[whole.slots().size()][];
    }

    /** What the layers before the device begin with. */
    ModelState before() {
        return whole.part(0, first);
    }

    /** What the layers on the device begin with; not to be written to. */
    float[][] device() {
        float[][] part = new float[last - first][];
        for (int i = first; i < last; i++) {
            part[i - first] = whole.shared(i);
        }
        return part;
    }

    /** What the layers after the device begin with. */
    ModelState after() {
        return whole.part(last, after.length);
    }

    /** Takes what the layers before the device end with. */
    void endBefore(ModelState state) {
        put(state, 0);
    }

    /** Takes what the layers on the device end with. */
    void endDevice(float[][] states) {
        System.arraycopy(states, 0, after, first, states.length);
    }

    /** Takes what the layers after the device end with. */
    void endAfter(ModelState state) {
        put(state, last);
    }

    private void put(ModelState state, int from) {
        for (int i = 0; i < state.slots().size(); i++) {
            after[from + i] = state.shared(i);
        }
    }

    /** The state of the whole model after the piece. */
    ModelState whole(Sequences input) {
        return division.whole().causal() ? whole.after(input, after) : ModelState.zero(whole.slots(), whole.batch());
    }
}
