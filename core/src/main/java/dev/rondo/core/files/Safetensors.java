package dev.rondo.core.files;

import dev.rondo.api.spi.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A file of named arrays: eight bytes that say how long the header is, the header in JSON, the values.
 *
 * <p>The same content always gives the same bytes.
 *
 * @param metadata text by key
 * @param tensors arrays by name, in the order of the file
 */
public record Safetensors(SortedMap<String, String> metadata, Map<String, Tensor> tensors) {
    private static final String METADATA = "__metadata__";
    /** As the format's definition has it; no model of ours comes near. */
    private static final long LONGEST_HEADER = 100_000_000;

    public Safetensors {
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /**
     * Reads a whole file.
     *
     * @throws DataException if it is missing or not as the format wants it
     */
    public static Safetensors read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size > Integer.MAX_VALUE - 8) {
                throw new DataException(file + " has " + size + " bytes; files of up to 2 GB can be read");
            }
            ByteBuffer content = ByteBuffer.allocate((int) size);
            while (content.hasRemaining() && channel.read(content) >= 0) {
                continue;
            }
            return parse(content.flip(), file.toString());
        } catch (IOException problem) {
            throw new DataException("cannot read " + file + ": " + AtomicFile.reason(problem), problem);
        }
    }

    /** Writes the file as a whole or not at all; an older one stays until then. */
    public void write(Path file) {
        List<ByteBuffer> parts = new ArrayList<>();
        List<Map.Entry<String, Tensor>> inOrder = stored();
        byte[] header = header(inOrder);
        ByteBuffer start = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
        parts.add(start.putLong(header.length).put(header).flip());
        inOrder.forEach(entry -> parts.add(entry.getValue().bytes()));
        AtomicFile.write(file, parts);
    }

    /** The widest element types first, so that all values stand aligned. */
    private List<Map.Entry<String, Tensor>> stored() {
        Comparator<Map.Entry<String, Tensor>> wide =
                Comparator.comparing(entry -> -entry.getValue().type().bytes());
        return tensors.entrySet().stream().sorted(wide).toList();
    }

    private byte[] header(List<Map.Entry<String, Tensor>> inOrder) {
        Map<String, Object> all = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            all.put(METADATA, metadata);
        }
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : inOrder) {
            Tensor tensor = entry.getValue();
            long end = offset + tensor.bytes().limit();
            Map<String, Object> about = new LinkedHashMap<>();
            about.put("dtype", tensor.type().name());
            about.put("shape", tensor.shape());
            about.put("data_offsets", new long[] {offset, end});
            all.put(entry.getKey(), about);
            offset = end;
        }
        String text = Json.line(all);
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return (text + " ".repeat((8 - length % 8) % 8)).getBytes(StandardCharsets.UTF_8);
    }

    /** Reads {@code content}, from 0 to its limit; {@code name} is for messages. */
    static Safetensors parse(ByteBuffer content, String name) {
        ByteBuffer bytes = content.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.limit() < 8) {
            throw new DataException(
                    name + " is truncated: " + bytes.limit() + " bytes are too few for a safetensors file");
        }
        long length = bytes.getLong(0);
        if (length < 2 || length > LONGEST_HEADER) {
            throw new DataException(
                    name + " is no model and no checkpoint: as a safetensors file its header would have "
                            + Long.toUnsignedString(length) + " bytes");
        }
        if (length > bytes.limit() - 8) {
            throw new DataException(name + " is truncated: its header has " + length + " bytes, but only "
                    + (bytes.limit() - 8) + " follow");
        }
        byte[] header = new byte[(int) length];
        bytes.get(8, header);
        ByteBuffer data = bytes.slice(8 + header.length, bytes.limit() - 8 - header.length);
        return new Header(name, header, data).content();
    }

    /** A header that is being checked. */
    private record Header(String name, byte[] text, ByteBuffer data) {
        /** Where an array lies. */
        private record Place(String tensor, Tensor.Type type, int[] shape, long begin, long end) {}

        Safetensors content() {
            Map<String, Object> all;
            try {
                all = Json.object(new String(text, StandardCharsets.UTF_8));
            } catch (JacksonException problem) {
                throw new DataException(
                        name + " is no model and no checkpoint: as a safetensors file its header is no JSON object: "
                                + problem.getOriginalMessage(),
                        problem);
            }
            SortedMap<String, String> metadata = new TreeMap<>();
            List<Place> places = new ArrayList<>();
            all.forEach((key, value) -> {
                if (!(value instanceof Map<?, ?> about)) {
                    throw broken(key, "its entry in the header is " + value + " instead of an object");
                }
                if (key.equals(METADATA)) {
                    about.forEach((k, v) -> metadata.put(String.valueOf(k), text(key + "." + k, v)));
                } else {
                    places.add(place(key, about));
                }
            });
            places.sort(Comparator.comparing(Place::begin).thenComparing(Place::end));
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            long at = 0;
            for (Place place : places) {
                if (place.begin != at) {
                    throw broken(
                            place.tensor,
                            "its values begin at " + place.begin
                                    + (place.begin < at ? ", inside" : ", with a gap behind")
                                    + " those before it, which end at " + at);
                }
                at = place.end;
                if (at > data.limit()) {
                    throw new DataException(name + " is truncated: '" + place.tensor + "' ends at byte " + at
                            + " of the values, but there are only " + data.limit());
                }
                ByteBuffer values = data.slice((int) place.begin, (int) (place.end - place.begin));
                tensors.put(place.tensor, new Tensor(place.type, place.shape, values));
            }
            if (at != data.limit()) {
                throw new DataException(
                        name + " has " + (data.limit() - at) + " bytes behind the values that its header names");
            }
            return new Safetensors(metadata, tensors);
        }

        private String text(String key, @Nullable Object value) {
            if (value instanceof String string) {
                return string;
            }
            throw broken(key, "metadata must be text, got " + value);
        }

        private Place place(String tensor, Map<?, ?> about) {
            String dtype = String.valueOf(about.get("dtype"));
            Tensor.Type type = Tensor.Type.of(dtype).orElseThrow(() -> broken(tensor, "unknown dtype '" + dtype + "'"));
            long[] sizes = numbers(tensor, "shape", about.get("shape"));
            long[] offsets = numbers(tensor, "data_offsets", about.get("data_offsets"));
            if (offsets.length != 2 || offsets[0] > offsets[1]) {
                throw broken(tensor, "data_offsets must be a begin and an end, got " + about.get("data_offsets"));
            }
            int[] shape = new int[sizes.length];
            long bytes = type.bytes();
            try {
                for (int i = 0; i < sizes.length; i++) {
                    shape[i] = Math.toIntExact(sizes[i]);
                    bytes = Math.multiplyExact(bytes, sizes[i]);
                }
            } catch (ArithmeticException tooLarge) {
                throw broken(tensor, "its shape " + about.get("shape") + " is too large");
            }
            if (bytes != offsets[1] - offsets[0]) {
                throw broken(
                        tensor,
                        type + " of shape " + about.get("shape") + " needs " + bytes
                                + " bytes, but its data_offsets span " + (offsets[1] - offsets[0]));
            }
            return new Place(tensor, type, shape, offsets[0], offsets[1]);
        }

        private long[] numbers(String tensor, String key, @Nullable Object value) {
            if (!(value instanceof List<?> list)) {
                throw broken(tensor, key + " must be a list of whole numbers, got " + value);
            }
            long[] numbers = new long[list.size()];
            for (int i = 0; i < numbers.length; i++) {
                boolean whole = list.get(i) instanceof Integer || list.get(i) instanceof Long;
                numbers[i] = whole ? ((Number) list.get(i)).longValue() : -1;
                if (numbers[i] < 0) {
                    throw broken(tensor, key + " must be a list of whole numbers from 0, got " + value);
                }
            }
            return numbers;
        }

        private DataException broken(String tensor, String problem) {
            return new DataException(name + " is damaged: '" + tensor + "': " + problem);
        }
    }
}
