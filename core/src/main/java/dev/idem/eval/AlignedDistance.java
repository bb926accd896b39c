package dev.idem.eval;

import dev.idem.random.Normals;

/**
 * Squared distance of two configurations of equal particles up to their symmetries: min over rotations and reflections
 * R and permutations P of ‖x − R P y‖².
 *
 * <p>For fixed P the best R is known in closed form ({@link OrthogonalFit}), and so the minimum is |x|² + |y|² − 2 Σ
 * singular values of H = Σ_i x_i y_{P(i)}ᵀ. Up to {@value #MOST_EXACT_PARTICLES} particles all permutations are tried:
 * exact. For more, permutation and rotation are improved in turn from several first rotations until neither changes:
 * an <em>upper bound</em>, tighter with more starts. The starts are the 2^axes ways to lay the principal axes of y on
 * those of x, then fixed random ones.
 *
 * <p>Translations are not minimised over: give mean-free configurations. Holds scratch: for one thread.
 */
final class AlignedDistance {

    /** Number of particles up to which the distance is exact. */
    static final int MOST_EXACT_PARTICLES = 4;

    private static final int MOST_ROUNDS = 100;
    private static final double IMPROVEMENT = 1e-12;

    /** Random stream of the first rotations, that no program uses. */
    private static final int START_STREAM = -5;

    private final int particles;
    private final int axes;
    private final int starts;
    private final OrthogonalFit fit;
    private final SmallAssignment assignment;
    private final double[] randomStarts; // [start][axis of x][axis of y]
    private final double[] cost; // [particle of x][particle of y]
    private final double[] turned; // R y, [particle][axis]
    private final double[] h;
    private final double[] rotation;
    private final double[] xFrame; // [axis][principal axis]
    private final double[] yFrame;
    private final int[] partner; // [particle of x] particle of y

    /**
     * Makes scratch.
     *
     * @param particles at least 1
     * @param axes axes of space, in 1 … 3
     * @param starts first rotations tried for more than {@value #MOST_EXACT_PARTICLES} particles, at least 1
     */
    AlignedDistance(int particles, int axes, int starts) {
        this.particles = particles;
        this.axes = axes;
        this.starts = starts;
        this.fit = new OrthogonalFit(axes);
        this.assignment = new SmallAssignment(particles);
        this.cost = new double[particles * particles];
        this.turned = new double[particles * axes];
        this.h = new double[axes * axes];
        this.rotation = new double[axes * axes];
        this.xFrame = new double[axes * axes];
        this.yFrame = new double[axes * axes];
        this.partner = new int[particles];
        int random = exact() ? 0 : Math.max(0, starts - (1 << axes));
        this.randomStarts = new double[random * axes * axes];
        for (int start = 0; start < random; start++) {
            for (int k = 0; k < axes * axes; k++) {
                h[k] = Normals.normal(0, 0, START_STREAM, 0, start, k);
            }
            fit.fit(h, rotation);
            System.arraycopy(rotation, 0, randomStarts, start * axes * axes, axes * axes);
        }
    }

    private boolean exact() {
        return particles <= MOST_EXACT_PARTICLES;
    }

    /**
     * Returns the squared distance; never negative.
     *
     * @param x mean-free configuration, [particle][axis] from xOffset on, finite, not modified
     * @param y likewise from yOffset on
     */
    double squared(double[] x, int xOffset, double[] y, int yOffset) {
        double squares = 0;
        for (int k = 0; k < particles * axes; k++) {
            squares += x[xOffset + k] * x[xOffset + k] + y[yOffset + k] * y[yOffset + k];
        }
        double overlap;
        if (!exact()) {
            overlap = bestOfStarts(x, xOffset, y, yOffset);
        } else if (axes == 2) {
            overlap = bestInThePlane(x, xOffset, y, yOffset, 0, 0, 0, 0, 0, 0);
        } else {
            overlap = bestPermutation(x, xOffset, y, yOffset, 0, 0);
        }
        return Math.max(0, squares - 2 * overlap);
    }

    /**
     * Tries all partners of particles {@code placed} … in the plane, where the points are complex numbers: the best
     * rotation gives |Σ x̄ y|, the best reflection |Σ x y|. (re, im) is the first sum so far, (mirrorRe, mirrorIm) the
     * second.
     */
    private double bestInThePlane(double[] x, int xOffset, double[] y, int yOffset, int placed, int used, double re,
            double im, double mirrorRe, double mirrorIm) {
        if (placed == particles) {
            return Math.sqrt(Math.max(re * re + im * im, mirrorRe * mirrorRe + mirrorIm * mirrorIm));
        }
        double x0 = x[xOffset + 2 * placed];
        double x1 = x[xOffset + 2 * placed + 1];
        double best = 0;
        for (int other = 0; other < particles; other++) {
            if ((used & 1 << other) == 0) {
                double y0 = y[yOffset + 2 * other];
                double y1 = y[yOffset + 2 * other + 1];
                double overlap = bestInThePlane(x, xOffset, y, yOffset, placed + 1, used | 1 << other,
                        re + x0 * y0 + x1 * y1, im + x0 * y1 - x1 * y0, mirrorRe + x0 * y0 - x1 * y1,
                        mirrorIm + x0 * y1 + x1 * y0);
                best = Math.max(best, overlap);
            }
        }
        return best;
    }

    private double bestPermutation(double[] x, int xOffset, double[] y, int yOffset, int placed, int used) {
        if (placed == particles) {
            gather(x, xOffset, y, yOffset);
            return fit.fit(h, rotation);
        }
        double best = 0;
        for (int other = 0; other < particles; other++) {
            if ((used & 1 << other) == 0) {
                partner[placed] = other;
                best = Math.max(best, bestPermutation(x, xOffset, y, yOffset, placed + 1, used | 1 << other));
            }
        }
        return best;
    }

    private double bestOfStarts(double[] x, int xOffset, double[] y, int yOffset) {
        principalAxes(x, xOffset, xFrame);
        principalAxes(y, yOffset, yFrame);
        double best = 0;
        for (int start = 0; start < starts; start++) {
            if (start < 1 << axes) {
                layFrames(start);
            } else {
                System.arraycopy(randomStarts, (start - (1 << axes)) * axes * axes, rotation, 0, axes * axes);
            }
            best = Math.max(best, improve(x, xOffset, y, yOffset));
        }
        return best;
    }

    /** Improves partners and rotation in turn; returns the overlap Σ x_i · R y_partner(i) they reach. */
    private double improve(double[] x, int xOffset, double[] y, int yOffset) {
        double overlap = 0;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            turn(y, yOffset);
            for (int i = 0; i < particles; i++) {
                for (int j = 0; j < particles; j++) {
                    double product = 0;
                    for (int axis = 0; axis < axes; axis++) {
                        product -= x[xOffset + i * axes + axis] * turned[j * axes + axis];
                    }
                    cost[i * particles + j] = product;
                }
            }
            assignment.solve(cost, partner);
            gather(x, xOffset, y, yOffset);
            double next = fit.fit(h, rotation);
            if (!(next > overlap * (1 + IMPROVEMENT))) {
                return Math.max(next, overlap);
            }
            overlap = next;
        }
        return overlap;
    }

    private void turn(double[] y, int yOffset) {
        for (int i = 0; i < particles; i++) {
            for (int row = 0; row < axes; row++) {
                double sum = 0;
                for (int axis = 0; axis < axes; axis++) {
                    sum += rotation[row * axes + axis] * y[yOffset + i * axes + axis];
                }
                turned[i * axes + row] = sum;
            }
        }
    }

    /** Sets H = Σ_i x_i y_partner(i)ᵀ. */
    private void gather(double[] x, int xOffset, double[] y, int yOffset) {
        for (int row = 0; row < axes; row++) {
            for (int column = 0; column < axes; column++) {
                double sum = 0;
                for (int i = 0; i < particles; i++) {
                    sum += x[xOffset + i * axes + row] * y[yOffset + partner[i] * axes + column];
                }
                h[row * axes + column] = sum;
            }
        }
    }

    /** Writes the axes of the gyration tensor Σ_i x_i x_iᵀ, longest first. */
    private void principalAxes(double[] x, int offset, double[] frame) {
        for (int i = 0; i < particles; i++) {
            partner[i] = i;
        }
        gather(x, offset, x, offset);
        fit.principalAxes(h, frame);
    }

    /** Sets R = X S Yᵀ; the bits of {@code signs} are the signs S. */
    private void layFrames(int signs) {
        for (int row = 0; row < axes; row++) {
            for (int column = 0; column < axes; column++) {
                double sum = 0;
                for (int k = 0; k < axes; k++) {
                    double product = xFrame[row * axes + k] * yFrame[column * axes + k];
                    sum += (signs & 1 << k) == 0 ? product : -product;
                }
                rotation[row * axes + column] = sum;
            }
        }
    }
}
