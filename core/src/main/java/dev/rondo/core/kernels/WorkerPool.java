package dev.rondo.core.kernels;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of threads that share out numbered tasks and wait for each other.
 *
 * <p>The caller is one of the threads, so a pool of one has no worker and runs everything at once. Task i always goes to
 * thread {@code i mod threads}, which keeps the data of a task in the cache of one core. A thread without work spins for
 * some microseconds and then parks. A run allocates nothing. Runs of different callers follow each other; a run within a
 * task goes through its tasks in order on the spot.
 */
public final class WorkerPool implements AutoCloseable {
    /** About 20 microseconds: longer than the gap between the phases of a step, too short to disturb whoever shares the core. */
    private static final int SPINS = 500;

    private final Worker[] workers;
    private final AtomicInteger pending = new AtomicInteger();
    private @Nullable IntConsumer body;
    private int tasks;
    private int round;
    private volatile @Nullable Thread caller;
    private volatile boolean callerParked;
    private volatile boolean closed;

    /** Starts the workers, one less than the number of threads. */
    public WorkerPool(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("a pool has at least 1 thread, not " + threads);
        }
        workers = new Worker[threads - 1];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(i + 1);
        }
        for (Worker worker : workers) {
            worker.start();
        }
    }

    /** The number of threads, the caller included. */
    public int threads() {
        return workers.length + 1;
    }

    /**
     * Runs the body for each task from 0 to {@code tasks - 1} and returns when all are done.
     *
     * <p>If tasks fail, the others of the same threads are left out, and the first failure is thrown with the rest attached.
     */
    public void run(int tasks, IntConsumer body) {
        if (workers.length == 0 || tasks <= 1 || runsHere()) {
            for (int task = 0; task < tasks; task++) {
                body.accept(task);
            }
            return;
        }
        synchronized (this) {
            share(tasks, body);
        }
    }

    private boolean runsHere() {
        Thread current = Thread.currentThread();
        return current == caller || (current instanceof Worker worker && worker.pool() == this);
    }

    private void share(int tasks, IntConsumer body) {
        if (closed) {
            throw new IllegalStateException("the worker pool is closed");
        }
        int helpers = Math.min(tasks - 1, workers.length);
        this.tasks = tasks;
        this.body = body;
        caller = Thread.currentThread();
        pending.set(helpers);
        round++;
        for (int i = 0; i < helpers; i++) {
            workers[i].start(round);
        }
        Throwable failure = null;
        try {
            runTasks(0, tasks, body);
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            awaitWorkers();
            caller = null;
            this.body = null;
        }
        for (int i = 0; i < helpers; i++) {
            failure = joined(failure, workers[i].takeFailure());
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    private void runTasks(int thread, int tasks, IntConsumer body) {
        for (int task = thread; task < tasks; task += workers.length + 1) {
            body.accept(task);
        }
    }

    private void awaitWorkers() {
        for (int i = 0; i < SPINS; i++) {
            if (pending.get() == 0) {
                return;
            }
            Thread.onSpinWait();
        }
        callerParked = true;
        boolean interrupted = false;
        while (pending.get() != 0) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted(); // an interrupted thread would not park again
        }
        callerParked = false;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void finished() {
        Thread waiting = caller;
        if (pending.decrementAndGet() == 0 && callerParked) {
            LockSupport.unpark(waiting);
        }
    }

    private static @Nullable Throwable joined(@Nullable Throwable first, @Nullable Throwable next) {
        if (first == null) {
            return next;
        }
        if (next != null && next != first) {
            first.addSuppressed(next);
        }
        return first;
    }

    /** Ends the workers; a run in progress comes to its end first. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        round++;
        for (Worker worker : workers) {
            worker.start(round);
        }
    }

    private final class Worker extends Thread {
        private final int thread;
        private volatile int asked;
        private volatile boolean parked;
        private @Nullable Throwable failure;

        Worker(int thread) {
            super("rondo-worker-" + thread);
            this.thread = thread;
            setDaemon(true);
        }

        WorkerPool pool() {
            return WorkerPool.this;
        }

        void start(int round) {
            asked = round;
            if (parked) {
                LockSupport.unpark(this);
            }
        }

        @Nullable
        Throwable takeFailure() {
            Throwable taken = failure;
            failure = null;
            return taken;
        }

        @Override
        public void run() {
            int done = 0;
            while (true) {
                done = awaitRound(done);
                if (closed) {
                    return;
                }
                IntConsumer todo = body;
                try {
                    if (todo != null) {
                        runTasks(thread, tasks, todo);
                    }
                } catch (RuntimeException | Error e) {
                    failure = e;
                } finally {
                    finished();
                }
            }
        }

        private int awaitRound(int done) {
            for (int i = 0; i < SPINS; i++) {
                if (asked != done) {
                    return asked;
                }
                Thread.onSpinWait();
            }
            parked = true;
            while (asked == done) {
                LockSupport.park(WorkerPool.this);
                Thread.interrupted(); // means nothing to a worker, and would keep it from parking
            }
            parked = false;
            return asked;
        }
    }
}
