package dev.rondo.cuda;

/** Chooses how a recurrence is walked; tests choose otherwise than {@link Walk#of}, so that every kernel has its turn. */
interface WalkChoice {
    /** As {@link Walk#of}. */
    Walk of(boolean scan, int steps, int batch, int width, int tile, boolean quads, int multiprocessors);
}
