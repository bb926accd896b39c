package dev.idem.cpu.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Features between particles and edges of complete graphs: sums over the ends of an edge, sums over the edges of a particle.
 *
 * <p>A call covers rows of edges that may begin and end within a sample: {@code first} is the number of the first edge in its sample.
 * Offsets of particles' features [particle][feature] are those of the sample that the first edge belongs to; further samples
 * follow. Numerics: what a particle sums goes edge by edge in order, so any split into calls gives the same bits; sums begin with 0 at the
 * first edge of a sample.
 */
public final class EdgeKernel {

    private final int particles;
    private final int[] receivers;
    private final int[] senders;

    /**
     * Makes a kernel for one graph.
     *
     * @param particles particles of a sample
     * @param receivers receiver of each edge of a sample
     * @param senders sender of each edge of a sample
     */
    public EdgeKernel(int particles, int[] receivers, int[] senders) {
        this.particles = particles;
        this.receivers = receivers.clone();
        this.senders = senders.clone();
    }

    /** Returns the edges of a sample. */
    public int edges() {
        return receivers.length;
    }

    /**
     * Computes z_e = (p_i + q_j) + edges_e.
     *
     * <p>Read: p, q [particle][feature]; edges [rows][feature]. Modified: z [rows][feature]. Aliasing: z may be exactly edges.
     */
    public void input(float[] p, int pOffset, float[] q, int qOffset, float[] edges, int edgesOffset, float[] z,
            int zOffset, int first, int rows, int columns) {
        int bound = Lanes.FLOAT.loopBound(columns);
        int sample = 0;
        int edge = first;
        for (int row = 0; row < rows; row++) {
            int pAt = pOffset + sample + receivers[edge] * columns;
            int qAt = qOffset + sample + senders[edge] * columns;
            int eAt = edgesOffset + row * columns;
            int zAt = zOffset + row * columns;
            for (int k = 0; k < bound; k += Lanes.COUNT) {
                FloatVector.fromArray(Lanes.FLOAT, p, pAt + k).add(FloatVector.fromArray(Lanes.FLOAT, q, qAt + k))
                        .add(FloatVector.fromArray(Lanes.FLOAT, edges, eAt + k)).intoArray(z, zAt + k);
            }
            for (int k = bound; k < columns; k++) {
                z[zAt + k] = p[pAt + k] + q[qAt + k] + edges[eAt + k];
            }
            if (++edge == receivers.length) {
                edge = 0;
                sample += particles * columns;
            }
        }
    }

    /**
     * Computes z_e = (p_i + q_j) + edges_e (1 + gain) with one gain per sample.
     *
     * <p>Read: p, q [particle][feature]; edges [rows][feature]; gain [sample][gainStride], its first {@code columns} columns. Modified: z
     * [rows][feature]. Aliasing: z may be exactly edges.
     */
    public void modulatedInput(float[] p, int pOffset, float[] q, int qOffset, float[] edges, int edgesOffset,
            float[] gain, int gainOffset, int gainStride, float[] z, int zOffset, int first, int rows, int columns) {
        int bound = Lanes.FLOAT.loopBound(columns);
        int sample = 0;
        int gAt = gainOffset;
        int edge = first;
        for (int row = 0; row < rows; row++) {
            int pAt = pOffset + sample + receivers[edge] * columns;
            int qAt = qOffset + sample + senders[edge] * columns;
            int eAt = edgesOffset + row * columns;
            int zAt = zOffset + row * columns;
            for (int k = 0; k < bound; k += Lanes.COUNT) {
                FloatVector ends = FloatVector.fromArray(Lanes.FLOAT, p, pAt + k)
                        .add(FloatVector.fromArray(Lanes.FLOAT, q, qAt + k));
                FloatVector.fromArray(Lanes.FLOAT, gain, gAt + k).add(1f)
                        .fma(FloatVector.fromArray(Lanes.FLOAT, edges, eAt + k), ends).intoArray(z, zAt + k);
            }
            for (int k = bound; k < columns; k++) {
                z[zAt + k] = Math.fma(gain[gAt + k] + 1f, edges[eAt + k], p[pAt + k] + q[qAt + k]);
            }
            if (++edge == receivers.length) {
                edge = 0;
                sample += particles * columns;
                gAt += gainStride;
            }
        }
    }

    /**
     * Computes dedges_e = dz_e (1 + gain) and dgain += Σ dz_e edges_e for rows of one sample.
     *
     * <p>Read: dz, edges [rows][columns]; gain [columns]. Modified: dedges [rows][columns]; dgain [columns]. Aliasing: dedges may be
     * exactly dz.
     */
    public static void gainGradient(float[] dz, int dzOffset, float[] edges, int edgesOffset, float[] gain,
            int gainOffset, float[] dedges, int dedgesOffset, float[] dgain, int dgainOffset, int rows, int columns) {
        int bound = Lanes.FLOAT.loopBound(columns);
        for (int row = 0; row < rows; row++) {
            int at = row * columns;
            for (int k = 0; k < bound; k += Lanes.COUNT) {
                FloatVector d = FloatVector.fromArray(Lanes.FLOAT, dz, dzOffset + at + k);
                d.fma(FloatVector.fromArray(Lanes.FLOAT, edges, edgesOffset + at + k),
                        FloatVector.fromArray(Lanes.FLOAT, dgain, dgainOffset + k)).intoArray(dgain, dgainOffset + k);
                FloatVector.fromArray(Lanes.FLOAT, gain, gainOffset + k).add(1f).mul(d)
                        .intoArray(dedges, dedgesOffset + at + k);
            }
            for (int k = bound; k < columns; k++) {
                float d = dz[dzOffset + at + k];
                dgain[dgainOffset + k] = Math.fma(d, edges[edgesOffset + at + k], dgain[dgainOffset + k]);
                dedges[dedgesOffset + at + k] = (gain[gainOffset + k] + 1f) * d;
            }
        }
    }

    /**
     * Computes dp_i = Σ dz_e over the edges that i receives, dq_j = Σ dz_e over those that j sends.
     *
     * <p>Read: dz [rows][feature]. Modified: dp, dq [particle][feature], which may be the same: then all edges of a particle are summed.
     */
    public void inputGradient(float[] dz, int dzOffset, float[] dp, int dpOffset, float[] dq, int dqOffset, int first,
            int rows, int columns) {
        int sample = 0;
        int edge = first;
        for (int row = 0; row < rows; row++) {
            if (edge == 0) {
                Arrays.fill(dp, dpOffset + sample, dpOffset + sample + particles * columns, 0f);
                Arrays.fill(dq, dqOffset + sample, dqOffset + sample + particles * columns, 0f);
            }
            int at = dzOffset + row * columns;
            ElementwiseKernel.add(dz, at, dp, dpOffset + sample + receivers[edge] * columns, columns);
            ElementwiseKernel.add(dz, at, dq, dqOffset + sample + senders[edge] * columns, columns);
            if (++edge == receivers.length) {
                edge = 0;
                sample += particles * columns;
            }
        }
    }

    /**
     * Computes sums_i = Σ factor m_e over the edges that i receives, or over all its edges.
     *
     * <p>Read: m [rows][feature]. Modified: sums [particle][feature].
     *
     * @param both whether an edge counts for its sender as well
     */
    public void sum(float[] m, int mOffset, float factor, boolean both, float[] sums, int sumsOffset, int first,
            int rows, int columns) {
        int sample = 0;
        int edge = first;
        for (int row = 0; row < rows; row++) {
            if (edge == 0) {
                Arrays.fill(sums, sumsOffset + sample, sumsOffset + sample + particles * columns, 0f);
            }
            int at = mOffset + row * columns;
            int base = sumsOffset + sample;
            ElementwiseKernel.addScaled(m, at, factor, sums, base + receivers[edge] * columns, columns);
            if (both) {
                ElementwiseKernel.addScaled(m, at, factor, sums, base + senders[edge] * columns, columns);
            }
            if (++edge == receivers.length) {
                edge = 0;
                sample += particles * columns;
            }
        }
    }

    /**
     * Computes dm_e = factor ds_i, or factor ds_i + factor ds_j; or adds it.
     *
     * <p>Read: ds [particle][feature]. Modified: dm [rows][feature].
     *
     * @param both whether an edge counts for its sender as well
     */
    public void sumGradient(float[] ds, int dsOffset, float factor, boolean both, boolean accumulate, float[] dm,
            int dmOffset, int first, int rows, int columns) {
        int sample = 0;
        int edge = first;
        for (int row = 0; row < rows; row++) {
            int at = dmOffset + row * columns;
            int receiver = dsOffset + sample + receivers[edge] * columns;
            if (accumulate) {
                ElementwiseKernel.addScaled(ds, receiver, factor, dm, at, columns);
            } else {
                ElementwiseKernel.scale(ds, receiver, factor, dm, at, columns);
            }
            if (both) {
                ElementwiseKernel.addScaled(ds, dsOffset + sample + senders[edge] * columns, factor, dm, at, columns);
            }
            if (++edge == receivers.length) {
                edge = 0;
                sample += particles * columns;
            }
        }
    }
}
