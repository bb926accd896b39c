package dev.idem.cpu;

import dev.idem.backend.Session;
import dev.idem.energy.Energy;
import dev.idem.program.Buffer;
import dev.idem.program.Counter;
import dev.idem.program.CounterOp;
import dev.idem.program.EnergyOp;
import dev.idem.program.MoveRule;
import dev.idem.program.Program;
import dev.idem.program.Role;
import java.util.Arrays;
import java.util.List;

/** Chains of one energy, all starting from given rows. */
final class Chains implements AutoCloseable {
    private final int rows;
    private final int dimension;
    final Buffer counter = Counter.buffer("counter");
    final Buffer x;
    final Buffer energy;
    final Buffer force;
    final Buffer step;
    final Buffer moves;
    private final Program start;
    private final Program move;
    private final Session session;

    Chains(Energy target, MoveRule rule, int rows, double size, double beta, int threads) {
        this.rows = rows;
        dimension = target.dimension();
        x = Buffer.floats("x", rows, dimension, Role.STATE);
        energy = Buffer.floats("energy", rows, 1, Role.STATE);
        force = Buffer.floats("force", rows, dimension, Role.STATE);
        step = Buffer.floats("step", rows, 1, Role.STATE);
        moves = Buffer.floats("moves", rows, 1, Role.STATE);
        Buffer cold = Buffer.floats("beta", 1, 1, Role.STATE);
        start = new Program("start", List.of(new EnergyOp.OfRows(x, energy, force, target)));
        move = new Program("move",
                List.of(new EnergyOp.Move(counter, x, energy, force, step, cold, moves, target, rule, 3),
                        new CounterOp.Advance(counter, Counter.STEP, rule.steps())));
        session = new CpuBackend(threads).compile(List.of(start, move));
        session.write(counter, new int[] {5, 6, 0, 0});
        float[] sizes = new float[rows];
        Arrays.fill(sizes, (float) size);
        session.write(step, sizes);
        session.write(cold, new float[] {(float) beta});
    }

    Chains from(float[] points) {
        session.write(x, points);
        session.run(start, 1);
        return this;
    }

    void run(int times) {
        session.run(move, times);
    }

    double[] read(Buffer buffer) {
        return OpParity.read(session, buffer);
    }

    double acceptance(int times) {
        return Arrays.stream(read(moves)).sum() / rows / times;
    }

    @Override
    public void close() {
        session.close();
    }
}
