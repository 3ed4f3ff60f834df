package dev.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Ctrl-C in the middle of a training. */
@Timeout(60)
class InterruptTest {
    @TempDir
    Path folder;

    /** A job in the background of a shell, as a build may be, ignores Ctrl-C, and then the JVM calls no handler. */
    @BeforeAll
    static void ctrlCArrives() {
        Signal ctrlC = new Signal("INT");
        SignalHandler before = Signal.handle(ctrlC, signal -> {});
        Signal.handle(ctrlC, before);
        assumeTrue(
                !before.equals(SignalHandler.SIG_IGN), "this process ignores Ctrl-C, as a job in the background does");
    }

    /** Presses Ctrl-C at the first line that begins with a word, and waits until it is answered. */
    private static final class Presser extends PrintStream {
        private final String word;
        private final CountDownLatch answered = new CountDownLatch(1);
        private boolean pressed;

        Presser(OutputStream out, String word) {
            super(out, true, StandardCharsets.UTF_8);
            this.word = word;
        }

        @Override
        public void println(String line) {
            if (line.strip().startsWith("stopping")) {
                answered.countDown(); // before it is printed: who is waiting holds the lock of this stream
            }
            super.println(line);
            if (!pressed && line.strip().startsWith(word)) {
                pressed = true;
                Signal.raise(new Signal("INT"));
                await();
            }
        }

        private void await() {
            try {
                answered.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody answered Ctrl-C", e);
            }
        }
    }

    private static Run pressed(String word, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(new PrintStream(out, true, StandardCharsets.UTF_8), new Presser(err, word), arguments);
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Run train(Path run, String word) {
        return pressed(
                word,
                "train",
                "--data",
                "sine_1",
                "--layers",
                "GRU_4",
                "--epochs",
                "3",
                "--batch-size",
                "3",
                "--length",
                "400",
                "--seq-len",
                "50",
                "--verbose",
                "--out",
                run.toString());
    }

    @Test
    void keepsWhatIsDoneAndSaysHowToGoOn() {
        Path run = folder.resolve("run");
        Run stopped = train(run, "epoch 1/3");
        assertThat(stopped.status()).isEqualTo(130);
        assertThat(stopped.out()).contains("ended after 1 epoch and ", "persistence");
        assertThat(stopped.err()).endsWith("to go on: rondo train --resume " + run + "\n");
        assertThat(run.resolve("model.safetensors")).exists();
        Run resumed = Run.of("train", "--resume", run.toString());
        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(resumed.out()).contains("ended after 3 epochs");
    }

    @Test
    void aComparisonKeepsItsCompleteRunsAndSaysHowToGoOn() {
        String out = folder.resolve("compared").toString();
        String[] command = {
            "compare",
            "--cells",
            "GRU_4,SRU_4",
            "--data",
            "sine_1",
            "--epochs",
            "2",
            "--series",
            "2",
            "--length",
            "200",
            "--seeds",
            "2",
            "--jobs",
            "1",
            "--out",
            out
        };
        Run stopped = pressed("1/4", command);
        assertThat(stopped.status()).isEqualTo(130);
        assertThat(stopped.err()).contains("the same command with --out " + out + " goes on");
        assertThat(stopped.out()).contains("not complete");
        Run resumed = Run.of(command);
        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("of 4 runs are complete already");
    }

    @Test
    void writesNoModelOfFirstWeights() {
        Path run = folder.resolve("run");
        Run stopped = train(run, "chunk 1/");
        assertThat(stopped.status()).isEqualTo(130);
        assertThat(stopped.out()).doesNotContain("persistence");
        assertThat(stopped.err())
                .endsWith("no epoch is done, so there is no model yet\nto go on: rondo train --resume " + run + "\n");
        assertThat(run.resolve("model.safetensors")).doesNotExist();
        Run resumed = Run.of("train", "--resume", run.toString());
        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(run.resolve("model.safetensors")).exists();
    }
}
