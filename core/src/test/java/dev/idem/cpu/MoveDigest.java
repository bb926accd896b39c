package dev.idem.cpu;

import dev.idem.energy.AnalyticEnergy;
import dev.idem.fixture.Configurations;
import dev.idem.program.MoveRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A program that writes a digest of the bits of chains, to be compared between virtual machines. */
final class MoveDigest {

    private MoveDigest() {}

    /** Writes the digest to the file that is the first argument. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), Integer.toString(digest(1)));
    }

    /** Returns a hash of a few steps of every energy and rule, with rows that leave a rest. */
    static int digest(int threads) {
        int hash = 1;
        for (AnalyticEnergy energy : Configurations.energies().toList()) {
            for (MoveRule rule : List.of(MoveRule.adapting(5, 0.1), MoveRule.descent(5, 0.1),
                    MoveRule.adapting(5, 0.1).trajectories(3))) {
                try (Chains chains = new Chains(energy, rule, 83, 1e-3, 0.8, threads)) {
                    chains.from(Configurations.helices(energy, 83)).run(5);
                    hash = 31 * hash + Arrays.hashCode(chains.read(chains.x));
                    hash = 31 * hash + Arrays.hashCode(chains.read(chains.step));
                }
            }
        }
        return hash;
    }
}
