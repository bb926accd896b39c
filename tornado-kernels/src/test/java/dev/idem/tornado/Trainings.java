package dev.idem.tornado;

import dev.idem.config.ConfigReader;
import dev.idem.config.ConfigRequest;
import dev.idem.config.RunConfig;
import dev.idem.program.Program;
import dev.idem.task.Tasks;
import dev.idem.train.MethodPrograms;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Real trainings and their programs. */
final class Trainings {

    private Trainings() {}

    static RunConfig config(String task, String preset, String... sets) {
        return ConfigReader.resolve(new ConfigRequest(Optional.of(task), Optional.empty(), List.of(),
                Optional.of(preset), OptionalLong.of(1), Optional.empty(), List.of(sets)),
                draft -> Tasks.of(draft).scale());
    }

    static List<Program> programs(String task, String preset, String... sets) {
        return MethodPrograms.of(config(task, preset, sets));
    }
}
