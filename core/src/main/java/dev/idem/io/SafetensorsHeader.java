package dev.idem.io;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The head of a safetensors file.
 *
 * @param metadata texts by name
 * @param entries tensors in the order of their data, which follow each other without gaps
 */
record SafetensorsHeader(Map<String, String> metadata, List<Entry> entries) {

    private static final String METADATA = "__metadata__";
    private static final int ALIGNMENT = 8;

    /** As in the official library. */
    private static final long LONGEST = 100_000_000;

    private static final JsonMapper MAPPER = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    /**
     * One tensor.
     *
     * @param name name
     * @param type type of its numbers
     * @param shape sizes, slowest first
     * @param size number of values
     * @param begin first byte, counted from the header's end
     * @param end one past the last byte
     */
    record Entry(String name, TensorType type, int[] shape, int size, long begin, long end) {

        /** Returns a tensor of zeros of this type and shape. */
        Tensor empty() {
            return switch (type) {
                case F32 -> new Tensor.Floats(name, new float[size], shape);
                case F64 -> new Tensor.Doubles(name, new double[size], shape);
                case I32 -> new Tensor.Ints(name, new int[size], shape);
                case I64 -> new Tensor.Longs(name, new long[size], shape);
                case U8 -> new Tensor.Bytes(name, new byte[size], shape);
            };
        }
    }

    /**
     * Returns the length and the header of a file that holds these tensors in this order.
     *
     * @throws IllegalArgumentException if two tensors have the same name, or one is called {@code __metadata__}
     */
    static byte[] of(Map<String, String> metadata, List<Tensor> tensors) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Set<String> names = new HashSet<>(Set.of(METADATA));
        try (JsonGenerator json = MAPPER.createGenerator(text)) {
            json.writeStartObject();
            json.writeObjectFieldStart(METADATA);
            for (Map.Entry<String, String> entry : metadata.entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
            long offset = 0;
            for (Tensor tensor : tensors) {
                if (!names.add(tensor.name())) {
                    throw new IllegalArgumentException(
                            "tensor name " + tensor.name() + " is taken, must be unique and not " + METADATA);
                }
                json.writeObjectFieldStart(tensor.name());
                json.writeStringField("dtype", tensor.type().name());
                json.writeFieldName("shape");
                json.writeArray(tensor.shape(), 0, tensor.shape().length);
                long end = offset + (long) tensor.size() * tensor.type().bytes();
                json.writeFieldName("data_offsets");
                json.writeArray(new long[] {offset, end}, 0, 2);
                json.writeEndObject();
                offset = end;
            }
            json.writeEndObject();
        }
        int length = (text.size() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] header = new byte[8 + length];
        Arrays.fill(header, (byte) ' ');
        ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putLong(length).put(text.toByteArray());
        return header;
    }

    /**
     * Reads and checks the head of a file and leaves the stream at the data.
     *
     * @param file named in messages
     * @param in at the beginning, modified
     * @param fileLength bytes of the whole file
     * @throws FileFormatException if it is not a safetensors file, or not one that accounts for every byte
     */
    static SafetensorsHeader read(Path file, InputStream in, long fileLength) throws IOException {
        byte[] lengthBytes = in.readNBytes(8);
        if (lengthBytes.length < 8) {
            throw new FileFormatException(file, "it has " + fileLength + " bytes",
                    "a safetensors file, which has at least 10");
        }
        long length = ByteBuffer.wrap(lengthBytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > LONGEST || length > fileLength - 8) {
            throw new FileFormatException(file,
                    "its header claims " + Long.toUnsignedString(length) + " bytes of a file of " + fileLength,
                    "a complete safetensors file");
        }
        byte[] text = in.readNBytes((int) length);
        if (text.length < length || text[0] != '{') {
            throw new FileFormatException(file, "it has no JSON header", "a safetensors file");
        }
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            FileFormatException broken = new FileFormatException(file,
                    "its header is no JSON (" + e.getOriginalMessage() + ")",
                    "a safetensors file");
            broken.initCause(e);
            throw broken;
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (field.getKey().equals(METADATA)) {
                addMetadata(file, field.getValue(), metadata);
            } else {
                entries.add(entry(file, field.getKey(), field.getValue()));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        requireNoGaps(file, entries, fileLength - 8 - length);
        return new SafetensorsHeader(metadata, entries);
    }

    private static void addMetadata(Path file, JsonNode node, Map<String, String> metadata) throws FileFormatException {
        if (!node.isObject()) {
            throw new FileFormatException(file, "its " + METADATA + " is no object", "a map from text to text");
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!field.getValue().isTextual()) {
                throw new FileFormatException(file, "its metadata " + field.getKey() + " is no text", "a text");
            }
            metadata.put(field.getKey(), field.getValue().textValue());
        }
    }

    private static Entry entry(Path file, String name, JsonNode node) throws FileFormatException {
        JsonNode dtype = node.path("dtype");
        JsonNode sizes = node.path("shape");
        JsonNode offsets = node.path("data_offsets");
        if (node.size() != 3 || !dtype.isTextual() || !sizes.isArray() || !offsets.isArray() || offsets.size() != 2
                || !isNatural(offsets.get(0)) || !isNatural(offsets.get(1))) {
            throw new FileFormatException(file,
                    "its tensor " + name + " is not described by dtype, shape and data_offsets",
                    "so described");
        }
        TensorType type = Arrays.stream(TensorType.values()).filter(known -> known.name().equals(dtype.textValue()))
                .findAny()
                .orElse(null);
        if (type == null) {
            throw new FileFormatException(file, "its tensor " + name + " is of type " + dtype.textValue(),
                    "of one of the types " + Arrays.toString(TensorType.values()));
        }
        int[] shape = new int[sizes.size()];
        long size = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            JsonNode extent = sizes.get(axis);
            if (!isNatural(extent) || !extent.canConvertToInt() || size * extent.intValue() > Integer.MAX_VALUE - 8) {
                throw new FileFormatException(file, "its tensor " + name + " has the shape " + sizes,
                        "whole numbers of at most 2147483639 values in all");
            }
            shape[axis] = extent.intValue();
            size *= shape[axis];
        }
        long begin = offsets.get(0).longValue();
        long end = offsets.get(1).longValue();
        if (end - begin != size * type.bytes()) {
            throw new FileFormatException(file,
                    "its tensor " + name + " of type " + type + " and shape " + sizes + " has "
                            + (end - begin) + " bytes",
                    size * type.bytes() + " bytes long");
        }
        return new Entry(name, type, shape, (int) size, begin, end);
    }

    private static boolean isNatural(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0;
    }

    private static void requireNoGaps(Path file, List<Entry> entries, long dataBytes) throws FileFormatException {
        long at = 0;
        for (Entry entry : entries) {
            if (entry.begin() != at) {
                throw new FileFormatException(file, "its tensor " + entry.name() + " begins at byte " + entry.begin(),
                        "where the one before it ends: " + at);
            }
            at = entry.end();
        }
        if (at != dataBytes) {
            throw new FileFormatException(file, "its tensors have " + at + " bytes and the file holds " + dataBytes,
                    "as long as its tensors, no shorter and no longer");
        }
    }
}
