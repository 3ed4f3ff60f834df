package dev.rondo.core.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Programs that nobody uses at the moment, of which each is for one thread at a time; for any number of threads.
 *
 * @param <S> the size of what a program is for
 */
final class Idle<S, P> {
    private final int kept;
    private final Consumer<P> forgotten;
    /** The size that was used longest ago first. */
    private final Map<S, Deque<P>> programs = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * None yet.
     *
     * @param kept for how many sizes; those that were used longest ago are forgotten
     * @param forgotten told of each program that is not kept
     */
    Idle(int kept, Consumer<P> forgotten) {
        this.kept = kept;
        this.forgotten = forgotten;
    }

    /** One for this size, which is its caller's until it is {@linkplain #give given} back; absent where there is none. */
    synchronized @Nullable P take(S size) {
        Deque<P> free = programs.get(size);
        return free == null ? null : free.poll();
    }

    synchronized void give(S size, P program) {
        programs.computeIfAbsent(size, any -> new ArrayDeque<>()).push(program);
        if (programs.size() > kept) {
            Iterator<Deque<P>> oldest = programs.values().iterator();
            oldest.next().forEach(forgotten);
            oldest.remove();
        }
    }

    /** Forgets all. */
    synchronized void clear() {
        programs.values().forEach(each -> each.forEach(forgotten));
        programs.clear();
    }
}
