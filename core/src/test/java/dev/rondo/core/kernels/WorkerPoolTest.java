package dev.rondo.core.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkerPoolTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void runsEveryTaskOnceAndWaits(int threads) {
        try (WorkerPool pool = new WorkerPool(threads)) {
            assertThat(pool.threads()).isEqualTo(threads);
            for (int round = 0; round < 2000; round++) {
                int tasks = round % 11;
                int[] runs = new int[tasks];
                pool.run(tasks, task -> runs[task]++);
                int[] once = new int[tasks];
                Arrays.fill(once, 1);
                assertThat(runs).isEqualTo(once);
            }
        }
    }

    @Test
    void wakesParkedWorkers() throws InterruptedException {
        try (WorkerPool pool = new WorkerPool(3)) {
            AtomicInteger runs = new AtomicInteger();
            for (int round = 0; round < 20; round++) {
                Thread.sleep(3);
                pool.run(3, task -> runs.incrementAndGet());
            }
            assertThat(runs).hasValue(60);
        }
    }

    @Test
    void waitsForASlowWorker() {
        try (WorkerPool pool = new WorkerPool(2)) {
            AtomicInteger done = new AtomicInteger();
            pool.run(2, task -> {
                if (task == 1) {
                    sleep();
                    done.incrementAndGet();
                }
            });
            assertThat(done).hasValue(1);
        }
    }

    @Test
    void aTaskStaysWithItsThread() {
        try (WorkerPool pool = new WorkerPool(3)) {
            String[] names = new String[7];
            pool.run(7, task -> names[task] = Thread.currentThread().getName());
            String mine = Thread.currentThread().getName();
            assertThat(names)
                    .containsExactly(
                            mine, "rondo-worker-1", "rondo-worker-2", mine, "rondo-worker-1", "rondo-worker-2", mine);
        }
    }

    @Test
    void throwsWhatATaskThrewAndGoesOn() {
        try (WorkerPool pool = new WorkerPool(3)) {
            IllegalStateException first = new IllegalStateException("of task 1");
            IllegalArgumentException second = new IllegalArgumentException("of task 2");
            assertThatThrownBy(() -> pool.run(3, task -> {
                        if (task == 1) {
                            throw first;
                        }
                        if (task == 2) {
                            throw second;
                        }
                    }))
                    .isSameAs(first)
                    .hasSuppressedException(second);
            assertThatThrownBy(() -> pool.run(2, task -> {
                        throw new AssertionError("of both");
                    }))
                    .isInstanceOf(AssertionError.class);
            AtomicInteger runs = new AtomicInteger();
            pool.run(3, task -> runs.incrementAndGet());
            assertThat(runs).hasValue(3);
        }
    }

    @Test
    void aRunWithinATaskRunsOnTheSpot() {
        try (WorkerPool pool = new WorkerPool(2)) {
            AtomicIntegerArray runs = new AtomicIntegerArray(12);
            pool.run(4, outer -> pool.run(3, inner -> runs.incrementAndGet(outer * 3 + inner)));
            for (int i = 0; i < 12; i++) {
                assertThat(runs.get(i)).isEqualTo(1);
            }
        }
    }

    @Test
    void callersShareThePool() throws InterruptedException {
        try (WorkerPool pool = new WorkerPool(2)) {
            AtomicInteger runs = new AtomicInteger();
            Thread[] callers = new Thread[4];
            for (int i = 0; i < callers.length; i++) {
                callers[i] = new Thread(() -> {
                    for (int round = 0; round < 500; round++) {
                        pool.run(2, task -> runs.incrementAndGet());
                    }
                });
                callers[i].start();
            }
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(runs).hasValue(4000);
        }
    }

    @Test
    void anInterruptedCallerStillWaits() {
        try (WorkerPool pool = new WorkerPool(2)) {
            AtomicInteger done = new AtomicInteger();
            Thread.currentThread().interrupt();
            pool.run(2, task -> {
                if (task == 1) {
                    sleep();
                    done.incrementAndGet();
                }
            });
            assertThat(Thread.interrupted()).isTrue();
            assertThat(done).hasValue(1);
        }
    }

    @Test
    void aClosedPoolRefusesAndItsWorkersEnd() throws InterruptedException {
        WorkerPool pool = new WorkerPool(2);
        Thread[] worker = new Thread[1];
        pool.run(2, task -> {
            if (task == 1) {
                worker[0] = Thread.currentThread();
            }
        });
        assertThat(worker[0].isDaemon()).isTrue();
        pool.close();
        pool.close();
        worker[0].join();
        assertThatThrownBy(() -> pool.run(2, task -> {})).hasMessage("the worker pool is closed");
        assertThatThrownBy(() -> new WorkerPool(0)).hasMessage("a pool has at least 1 thread, not 0");
    }

    private static void sleep() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
