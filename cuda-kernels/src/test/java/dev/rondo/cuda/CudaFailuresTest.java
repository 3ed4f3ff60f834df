package dev.rondo.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.rondo.api.device.Accelerator;
import dev.rondo.api.device.Device;
import dev.rondo.api.device.DeviceException;
import dev.rondo.api.device.LayerProgram;
import dev.rondo.api.device.LayerUse;
import dev.rondo.core.Rondo;
import dev.rondo.core.spec.Configured;
import dev.rondo.core.trace.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that is not there, too small, or lost; in emulation, where these can be had at will. */
final class CudaFailuresTest {
    private static final LayerUse LINEAR = new LayerUse(
            "1.Linear",
            "Linear",
            300,
            Map.of("bias", "false"),
            List.of(),
            "",
            "",
            200,
            300,
            List.of(new LayerUse.Parameter("out.W", 60_000)),
            List.of(),
            List.of());

    private static Device open(int index) {
        return open("cuda", index);
    }

    private static Device open(String spec, int index) {
        try (Rondo rondo = Rondo.create()) {
            Configured<Accelerator> read = rondo.specs().accelerator(spec);
            return read.plugin().open(Settings.of(read), index);
        }
    }

    @BeforeEach
    void emulated() {
        assumeFalse(Emulation.real(), "a real device is not broken on purpose");
        Emulation.require();
    }

    @AfterEach
    void whole() {
        if (!Emulation.real()) {
            Emulation.capacity(Emulation.ENOUGH);
            Emulation.loseAfter(-1);
            Emulation.refuseCublas(false);
        }
    }

    @Test
    void anIndexThatDoesNotExistIsTold() {
        assertThatThrownBy(() -> open(3))
                .isInstanceOf(DeviceException.class)
                .hasMessage("there is no CUDA device 3; what is here: 0 (host emulation)");
    }

    @Test
    void tooLittleMemoryIsToldAndNothingIsKept() {
        long before = Emulation.used();
        try (Device device = open(0)) {
            Emulation.capacity(before + 1_000_000);
            assertThatThrownBy(() -> device.compile(List.of(LINEAR), 100, 10, true))
                    .isInstanceOfSatisfying(
                            DeviceException.class,
                            e -> assertThat(e.isOutOfMemory()).isTrue())
                    .hasMessageStartingWith("the layers need more than 2 MB on the device, where 1 MB of ");
            assertThat(Emulation.used()).isEqualTo(before);
        }
    }

    @Test
    void programsGiveTheirMemoryBack() {
        long before = Emulation.used();
        try (Device device = open(0)) {
            LayerProgram program = device.compile(List.of(LINEAR), 10, 2, true);
            assertThat(Emulation.used()).isGreaterThan(before + 4 * 60_000);
            program.close();
            assertThat(Emulation.used()).isEqualTo(before);
        }
    }

    @Test
    void aDeviceThatIsClosedFreesWhatProgramsLeft() {
        long before = Emulation.used();
        try (Device device = open(0)) {
            device.compile(List.of(LINEAR), 10, 2, true);
            assertThat(Emulation.used()).isGreaterThan(before + 4 * 60_000);
        }
        assertThat(Emulation.used()).isEqualTo(before);
    }

    @Test
    void programsThatAreForgottenGiveTheirMemoryBack() throws InterruptedException {
        long before = Emulation.used();
        try (Device device = open(0)) {
            device.compile(List.of(LINEAR), 10, 2, true);
            for (int i = 0; i < 100 && Emulation.used() > before; i++) {
                System.gc();
                Thread.sleep(50);
            }
            assertThat(Emulation.used()).isEqualTo(before);
        }
    }

    @Test
    void aLostDeviceSaysWhatFailed() {
        try (Device device = open(0);
                LayerProgram program = device.compile(List.of(LINEAR), 10, 2, false)) {
            LayerProgram.Piece piece = new LayerProgram.Piece(
                    new float[][] {new float[60_000]}, new float[10 * 2 * 200], null, new float[0][], null);
            assertThat(program.forward(piece).output()).containsOnly(0);
            Emulation.loseAfter(1);
            assertThatThrownBy(() -> program.forward(piece))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageStartingWith("CUDA: ")
                    .hasMessageContaining("CUDA_ERROR_ILLEGAL_ADDRESS");
        }
    }

    @Test
    void theNewestCublasThatStartsIsTaken() {
        String standIn = System.getProperty(Cublas.PROPERTY);
        try (Cublas found = Cublas.newest(List.of("no-such-cublas", standIn))) {
            assertThat(found).isNotNull();
            assertThat(found.version()).isEqualTo("130000");
        }
        Emulation.refuseCublas(true);
        assertThat(Cublas.newest(List.of("no-such-cublas", standIn))).isNull();
    }

    @Test
    void aCublasThatDoesNotStartIsToldAndMissedOnlyWhereItIsAskedFor() {
        Emulation.refuseCublas(true);
        try (Device device = open(0)) {
            assertThat(device.description())
                    .isEqualTo(
                            "host emulation, single precision by own products, as the cuBLAS that -Drondo.cuda.cublas"
                                    + " names cannot be used: cuBLAS does not start (status 1)");
        }
        assertThatThrownBy(() -> open("cuda_products=cublas", 0))
                .isInstanceOf(DeviceException.class)
                .hasMessage(
                        "the cuBLAS that -Drondo.cuda.cublas names cannot be used: cuBLAS does not start (status 1)");
    }

    @Test
    void librariesThatAreNamedAndNotThereAreTold() {
        withProperty(
                Cublas.PROPERTY,
                "/nowhere/libcublas.so",
                () -> assertThatThrownBy(() -> open("cuda_products=cublas", 0))
                        .isInstanceOf(DeviceException.class)
                        .hasMessageStartingWith("the cuBLAS that -Drondo.cuda.cublas names cannot be used: ")
                        .hasMessageContaining("/nowhere/libcublas.so"));
        withProperty(
                JCudaLibrary.DRIVER,
                "/nowhere/libcuda.so.1",
                () -> assertThatThrownBy(JCudaLibrary::load)
                        .isInstanceOf(DeviceException.class)
                        .hasMessageStartingWith("the driver that -Drondo.cuda.driver names does not load: ")
                        .hasMessageContaining("/nowhere/libcuda.so.1"));
    }

    private static void withProperty(String key, String value, Runnable action) {
        String before = System.getProperty(key);
        System.setProperty(key, value);
        try {
            action.run();
        } finally {
            System.setProperty(key, before);
        }
    }

    @Test
    void everyUserCanLoadWhatIsUnpacked(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("library.so");
        JCudaLibrary.place(new byte[] {1, 2}, file);
        JCudaLibrary.place(new byte[] {1, 2, 3}, file);
        assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(Files.getPosixFilePermissions(file))
                .contains(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ)
                .doesNotContain(PosixFilePermission.OTHERS_WRITE);
        assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining(each -> !each.equals(file));
    }
}
