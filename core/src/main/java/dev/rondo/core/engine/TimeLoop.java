package dev.rondo.core.engine;

/** The instructions of a step, repeated in the order of time or against it. */
final class TimeLoop implements Instruction {
    private final Instruction[] step;
    private final boolean reversed;

    TimeLoop(Instruction[] step, boolean reversed) {
        this.step = step;
        this.reversed = reversed;
    }

    @Override
    public void run(int firstStep, int steps, int firstRow, int rows) {
        for (int i = 0; i < steps; i++) {
            int t = reversed ? firstStep + steps - 1 - i : firstStep + i;
            for (Instruction instruction : step) {
                instruction.run(t, 1, firstRow, rows);
            }
        }
    }
}
