package dev.rondo.core.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.api.spi.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    private static final String TWO_FLOATS = "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";

    @TempDir
    Path folder;

    @Test
    void readsWhatTheFormatDescribes() {
        ByteBuffer file = file(
                        "{\"__metadata__\":{\"a\":\"b\"},"
                                + "\"w\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
                                + "\"h\":{\"dtype\":\"F16\",\"shape\":[3],\"data_offsets\":[8,14]},"
                                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[14,16]},"
                                + "\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[16,24]}}   ",
                        24)
                .putFloat(1.5f)
                .putFloat(-2)
                .putShort((short) 0x3c00) // 1
                .putShort((short) 0xc100) // -2.5
                .putShort((short) 1) // the smallest half
                .putShort((short) 0x4049) // pi to eight bits: 3.140625
                .putLong(-7)
                .flip();
        Safetensors read = Safetensors.parse(file, "x");
        assertThat(read.metadata()).containsExactly(Map.entry("a", "b"));
        assertThat(read.tensors().keySet()).containsExactly("w", "h", "b", "n");
        assertThat(read.tensors().get("w").shape()).containsExactly(2, 1);
        assertThat(read.tensors().get("w").floats()).containsExactly(1.5f, -2f);
        assertThat(read.tensors().get("h").floats()).containsExactly(1f, -2.5f, 0x1p-24f);
        assertThat(read.tensors().get("b").floats()).containsExactly(3.140625f);
        assertThat(read.tensors().get("n").longs()).containsExactly(-7);
    }

    @Test
    void writesBytesThatAreKnownBeforehand() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("w", Tensor.of(new float[] {1, -0f}, 1, 2));
        tensors.put("n", Tensor.of(new long[] {3}, 1));
        Path file = folder.resolve("two.safetensors");
        new Safetensors(new TreeMap<>(Map.of("z", "1", "a", "ü")), tensors).write(file);

        String header = "{\"__metadata__\":{\"a\":\"ü\",\"z\":\"1\"},"
                + "\"n\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]},"
                + "\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[8,16]}}";
        int length = header.getBytes(StandardCharsets.UTF_8).length;
        String padded = header + " ".repeat((8 - length % 8) % 8);
        assertThat(Files.readAllBytes(file))
                .isEqualTo(file(padded, 16).putLong(3).putFloat(1).putFloat(-0f).array());
        assertThat(folder.toFile().list()).containsExactly("two.safetensors");
        assertThat(Safetensors.read(file).tensors().get("w").floats()).containsExactly(1, -0f);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}            | no JSON object
            [1,2]                                                            | no JSON object
            {"w":1}                                                          | 'w': its entry in the header is 1
            {"w":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}           | 'w': unknown dtype 'F31'
            {"w":{"dtype":"F64","shape":[2],"data_offsets":[0,8]}}           | 'w': F64 of shape [2] needs 16 bytes, but its data_offsets span 8
            {"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}          | 'w': shape must be a list of whole numbers from 0
            {"w":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}         | 'w': shape must be a list of whole numbers from 0
            {"w":{"dtype":"F32","data_offsets":[0,8]}}                       | 'w': shape must be a list of whole numbers, got null
            {"w":{"dtype":"F32","shape":[9999999999],"data_offsets":[0,8]}}  | 'w': its shape [9999999999] is too large
            {"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}           | 'w': data_offsets must be a begin and an end
            {"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}           | 'w': its values begin at 4, with a gap
            {"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}           | 4 bytes behind the values
            {"w":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}          | truncated: 'w' ends at byte 16 of the values, but there are only 8
            {"v":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | 'w': its values begin at 4, inside those before it
            {"__metadata__":{"a":1},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | metadata must be text
            {"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | Duplicate
            """, quoteCharacter = '`')
    void saysWhatIsWrongWithAFile(String header, String problem) {
        assertThatThrownBy(() -> Safetensors.parse(file(header, 8).rewind(), "my.safetensors"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("my.safetensors")
                .hasMessageContaining(problem);
    }

    @Test
    void noticesEveryTruncation() {
        byte[] whole = file(TWO_FLOATS, 8).array();
        for (int length = 0; length < whole.length; length++) {
            ByteBuffer part = ByteBuffer.wrap(whole, 0, length).slice();
            assertThatThrownBy(() -> Safetensors.parse(part, "my.safetensors"))
                    .as("%d of %d bytes", part.limit(), whole.length)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("my.safetensors is truncated");
        }
    }

    @Test
    void believesNoAbsurdHeaderLength() {
        for (long length : new long[] {-1, Long.MIN_VALUE, 0, 1, Long.MAX_VALUE, 100_000_001}) {
            ByteBuffer file = file(TWO_FLOATS, 8).putLong(0, length).rewind();
            assertThatThrownBy(() -> Safetensors.parse(file, "my.safetensors"))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("its header would have " + Long.toUnsignedString(length) + " bytes");
        }
    }

    @Test
    void namesAFileThatIsNotThere() {
        Path missing = folder.resolve("none.safetensors");
        assertThatThrownBy(() -> Safetensors.read(missing))
                .isInstanceOf(DataException.class)
                .hasMessage("cannot read " + missing + ": no such file or folder");
    }

    /** Header and room for values; positioned behind the header. */
    private static ByteBuffer file(String header, int values) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + values)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text);
    }
}
