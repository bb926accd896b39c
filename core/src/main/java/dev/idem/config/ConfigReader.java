package dev.idem.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Reads configurations: a preset, a JSON file over it, {@code key=value} over both.
 *
 * <p>A file has the keys {@code task}, {@code preset}, {@code seed}, {@code mixture}, {@code energyClass} and
 * {@code classpath}, and the parts of {@link TrainConfig} with their components' names as keys; any of them may be left
 * out. Choices are named in lower case with hyphens. Everything unknown, doubled or of the wrong type is refused with a
 * {@link ConfigException} whose message names where it was given.
 */
public final class ConfigReader {

    private static final String VERSION = "version";
    private static final String TASK = "task";
    private static final String ENERGY_CLASS = "energyClass";
    private static final String CLASSPATH = "classpath";
    private static final String PRESET = "preset";
    private static final String SEED = "seed";

    /** Keys about the run as a whole, which have options of their own. */
    private static final List<String> RUN_KEYS = List.of(VERSION, TASK, ENERGY_CLASS, CLASSPATH, PRESET, SEED);

    private static final String HOST_TASK = "host";
    private static final String MIXTURE_TASK = "mixture";

    private static final ConfigRequest NOTHING = new ConfigRequest(Optional.empty(), Optional.empty(), List.of(),
            Optional.empty(), OptionalLong.empty(), Optional.empty(), List.of());

    private final ObjectNode given;
    private final Origins origins;
    private final RecordBinder binder;

    private ConfigReader(ObjectNode given, Origins origins) {
        this.given = given;
        this.origins = origins;
        this.binder = new RecordBinder(origins);
        binder.requireKnown(given, keys(), "");
        requireVersion();
    }

    /**
     * Reads a whole configuration, as {@link ConfigWriter} wrote it; no key may be missing but those that came later.
     *
     * @throws ConfigException if the file cannot be read or is no whole configuration
     */
    public static RunConfig read(Path file) {
        return whole(JsonFiles.read(file), file.toString());
    }

    /**
     * Reads a whole configuration from JSON text.
     *
     * @param origin what messages call the text
     * @throws ConfigException if it is no whole configuration
     */
    public static RunConfig parse(String json, String origin) {
        return whole(JsonFiles.parse(json.getBytes(StandardCharsets.UTF_8), origin), origin);
    }

    /**
     * Completes what somebody has said about a run.
     *
     * @param scale returns what presets know about the task; called once, with everything resolved but the settings
     * @throws ConfigException if anything is unknown, contradictory, ill-typed or out of range
     */
    public static RunConfig resolve(ConfigRequest request, Function<RunConfig, TargetScale> scale) {
        Origins origins = new Origins("");
        ObjectNode given = JsonNodeFactory.instance.objectNode();
        request.file().ifPresent(file -> {
            given.setAll(JsonFiles.read(file));
            origins.note("", given, file.toString());
        });
        for (String set : request.sets()) {
            apply(set, given, origins);
        }
        return new ConfigReader(given, origins).resolved(request, scale);
    }

    private static RunConfig whole(ObjectNode given, String origin) {
        ConfigReader reader = new ConfigReader(given, new Origins(origin));
        for (String key : List.of(TASK, PRESET, SEED)) {
            if (!given.has(key)) {
                throw new ConfigException(origin + ": key '" + key + "' is missing");
            }
        }
        return with(reader.draft(NOTHING), reader.train(LaterKeys.tree()));
    }

    private RunConfig resolved(ConfigRequest request, Function<RunConfig, TargetScale> scale) {
        RunConfig draft = draft(request);
        TrainConfig base = Presets.of(draft.task(), draft.preset(), scale.apply(draft));
        return with(draft, train(ConfigWriter.tree(base)));
    }

    private static RunConfig with(RunConfig draft, TrainConfig train) {
        return new RunConfig(draft.task(), draft.energyClass(), draft.classpath(), draft.mixture(), draft.preset(),
                draft.seed(), train);
    }

    /** Returns all but the settings, which are those of the preset for now. */
    private RunConfig draft(ConfigRequest request) {
        Optional<String> energyClass = request.energyClass().or(() -> text(ENERGY_CLASS));
        Optional<MixtureConfig> mixture = Optional.ofNullable(given.get(ConfigKey.MIXTURE))
                .map(node -> binder.record(MixtureConfig.class, node, ConfigKey.MIXTURE));
        String task = task(request, energyClass, mixture);
        List<String> classpath = request.classpath().isEmpty() ? classpath(request.file()) : request.classpath();
        if (energyClass.isEmpty() && !classpath.isEmpty()) {
            throw new ConfigException(
                    origins.of(CLASSPATH) + "a class path is only of use with a class: --energy CLASS "
                            + "or the key 'energyClass'");
        }
        String preset = request.preset().or(() -> text(PRESET)).orElse(Presets.DEFAULT);
        if (!Presets.names().contains(preset)) {
            throw new ConfigException((request.preset().isPresent() ? "" : origins.of(PRESET)) + "there is no preset '"
                    + preset + "'" + NearestName.hint(Presets.names(), preset) + "; presets: "
                    + String.join(", ", Presets.names()));
        }
        JsonNode seed = given.get(SEED);
        long number = request.seed().isPresent()
                ? request.seed().getAsLong()
                : seed == null ? 0 : (long) binder.value(long.class, seed, SEED);
        return new RunConfig(task, energyClass, classpath, mixture, preset, number,
                Presets.of(task, preset, new TargetScale(1, 1)));
    }

    private String task(ConfigRequest request, Optional<String> energyClass, Optional<MixtureConfig> mixture) {
        Optional<String> ofFile = text(TASK);
        if (request.task().isPresent() && ofFile.isPresent() && !request.task().equals(ofFile)) {
            throw new ConfigException(origins.of(TASK) + "its task is " + ofFile.get() + ", but "
                    + request.task().get() + " was asked for");
        }
        Optional<String> named = request.task().or(() -> ofFile);
        String implied = energyClass.isPresent() ? HOST_TASK : mixture.isPresent() ? MIXTURE_TASK : "";
        if (named.isEmpty() && implied.isEmpty()) {
            throw new ConfigException("no task is given: name one (see 'idem tasks'), or your own energy with "
                    + "--energy CLASS");
        }
        String task = named.orElse(implied);
        if (energyClass.isPresent() && !task.equals(HOST_TASK)) {
            throw new ConfigException(origins.of(ENERGY_CLASS) + "task " + task + " and energy class "
                    + energyClass.get() + " were both given; a class of one's own is task " + HOST_TASK);
        }
        if (mixture.isPresent() && !task.equals(MIXTURE_TASK)) {
            throw new ConfigException(origins.of(ConfigKey.MIXTURE) + "section 'mixture' is only of use for task "
                    + MIXTURE_TASK + ", not for task " + task);
        }
        return task;
    }

    private TrainConfig train(ObjectNode base) {
        for (RecordComponent part : TrainConfig.class.getRecordComponents()) {
            JsonNode value = given.get(part.getName());
            if (value != null) {
                merge(base, part.getName(), value);
            }
        }
        return binder.record(TrainConfig.class, base, "");
    }

    /** Returns the class path of the file, whose entries are relative to the file. */
    private List<String> classpath(Optional<Path> file) {
        JsonNode node = given.get(CLASSPATH);
        if (node == null) {
            return List.of();
        }
        if (!node.isArray()) {
            throw new ConfigException(origins.of(CLASSPATH) + "classpath must be a list [ ... ], got " + node);
        }
        List<String> entries = new ArrayList<>();
        for (JsonNode entry : node) {
            String text = (String) binder.value(String.class, entry, CLASSPATH);
            try {
                entries.add(file.map(Path::toAbsolutePath).map(path -> path.resolveSibling(text).normalize().toString())
                        .orElse(text));
            } catch (InvalidPathException e) {
                throw new ConfigException(origins.of(CLASSPATH) + "'" + text + "' is no file name", e);
            }
        }
        return entries;
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(given.get(key)).map(node -> (String) binder.value(String.class, node, key));
    }

    /** Puts a value into an object; where both have an object, key by key. */
    private static void merge(ObjectNode into, String key, JsonNode value) {
        if (value instanceof ObjectNode over && into.get(key) instanceof ObjectNode under) {
            over.properties().forEach(field -> merge(under, field.getKey(), field.getValue()));
        } else {
            into.set(key, value);
        }
    }

    private static void apply(String set, ObjectNode given, Origins origins) {
        String origin = "--set " + set;
        int equals = set.indexOf('=');
        if (equals < 1) {
            throw new ConfigException(origin + ": must be KEY=VALUE, as in --set optimiser.learningRate=1e-3");
        }
        String path = set.substring(0, equals).strip();
        String[] keys = path.split("\\.", -1);
        if (RUN_KEYS.contains(path)) {
            throw new ConfigException(origin + ": " + (path.equals(VERSION)
                    ? "cannot be set"
                    : "has an option of its own; see --help"));
        }
        ObjectNode section = given;
        for (int i = 0; i < keys.length - 1; i++) {
            JsonNode next = section.get(keys[i]);
            if (next instanceof ObjectNode object) {
                section = object;
            } else if (next == null) {
                section = section.putObject(keys[i]);
                origins.note(String.join(".", Arrays.copyOf(keys, i + 1)), section, origin);
            } else {
                String wrong = String.join(".", Arrays.copyOf(keys, i + 1));
                throw new ConfigException(origins.of(wrong) + wrong + " is no section, got " + next);
            }
        }
        JsonNode value = JsonFiles.value(set.substring(equals + 1).strip());
        origins.note(path, value, origin);
        merge(section, keys[keys.length - 1], value);
    }

    private void requireVersion() {
        JsonNode version = given.get(VERSION);
        if (version != null && !version.isTextual()) {
            throw new ConfigException(origins.of(VERSION) + "version must be a text in quotes, got " + version);
        }
    }

    private static List<String> keys() {
        List<String> keys = new ArrayList<>(RUN_KEYS);
        keys.add(ConfigKey.MIXTURE);
        Arrays.stream(TrainConfig.class.getRecordComponents()).map(RecordComponent::getName).forEach(keys::add);
        return keys;
    }
}
