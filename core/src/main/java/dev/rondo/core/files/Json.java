package dev.rondo.core.files;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** JSON as Rondo writes and reads it: keys in the order given, twice the same key refused, what is not finite null. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    /** One line. */
    public static String line(Object value) {
        return MAPPER.writeValueAsString(finite(value));
    }

    /** Indented, for files that people read; ends with a line break. */
    public static String pretty(Object value) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(finite(value)) + "\n";
    }

    /**
     * The object that {@code text} holds, keys in their order.
     *
     * @throws tools.jackson.core.JacksonException if it is no JSON object
     */
    public static Map<String, Object> object(String text) {
        return MAPPER.readValue(text, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    private static @Nullable Object finite(@Nullable Object value) {
        if (value instanceof Double number) {
            return Double.isFinite(number) ? number : null;
        }
        if (value instanceof Float number) {
            return Float.isFinite(number) ? number : null;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, each) -> copy.put(String.valueOf(key), finite(each)));
            return copy;
        }
        if (value instanceof double[] numbers) {
            return Arrays.stream(numbers).boxed().map(Json::finite).toList();
        }
        if (value instanceof List<?> list) {
            ArrayList<@Nullable Object> copy = new ArrayList<>();
            list.forEach(each -> copy.add(finite(each)));
            return copy;
        }
        return value;
    }
}
