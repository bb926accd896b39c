package dev.idem.program;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ops between the particles of a sample and its pairs, for networks on complete graphs. Positions are [sample][particle·axis];
 * features of particles are [sample][particle][feature], those of edges [sample][edge][feature] in the order of {@link Pairs}.
 *
 * <p>Source: Satorras et al., "E(n) equivariant graph neural networks" (arXiv 2102.09844).
 */
public sealed interface PairOp extends Op {

    /** Added to squared distances before a root is taken, so that its derivative is finite. */
    double SOFTENING = 1e-8;

    @Override
    default boolean acrossItems() {
        return true;
    }

    /**
     * With δ = x_i − x_j for the edge i, j: first square = |δ|², direction = δ/(√(|δ|² + 1e-8) + 1); the second square, if there is
     * one, is the squared distance in origin.
     *
     * @param x [sample][particle·axis], not modified
     * @param origin [sample][particle·axis], not modified; absent exactly if squares have one column; a constant for the gradient
     * @param squares [sample][edge][1 or 2], modified
     * @param directions [sample][edge][axis], modified
     */
    record Geometry(Buffer x, @Nullable Buffer origin, Buffer squares, Buffer directions, Pairs pairs)
            implements
                PairOp {
        @Override
        public List<Buffer> reads() {
            return Op.present(x, origin);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(squares, directions);
        }
    }

    /**
     * functions of r = √(square + 1e-8), for each column of squares one after the other.
     *
     * @param squares [sample][item][distance], not modified
     * @param variance [sample][1] or [1][1], not modified; a constant for the gradient
     * @param functions [sample][item][distance·function], modified
     */
    record RadialFunctions(Buffer squares, Buffer variance, Buffer functions, RadialBasis basis) implements PairOp {
        @Override
        public List<Buffer> reads() {
            return List.of(squares, variance);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(functions);
        }
    }

    /**
     * squares = |x_i|². Not differentiated: x does not depend on parameters.
     *
     * @param x [sample][particle·axis], not modified
     * @param squares [sample][particle][1], modified
     */
    record SquaredNorms(Buffer x, Buffer squares) implements PairOp {
        @Override
        public List<Buffer> reads() {
            return List.of(x);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(squares);
        }
    }

    /**
     * The first layer of a message, split per particle: output = receivers_i + senders_j + edges ⊙ (1 + gain).
     *
     * @param receivers [sample][particle][feature], not modified
     * @param senders [sample][particle][feature], not modified; may be receivers
     * @param edges [sample][edge][feature], not modified
     * @param gain [sample][feature], not modified; may be absent, which means 0
     * @param output [sample][edge][feature], modified
     */
    record EdgeInput(Buffer receivers, Buffer senders, Buffer edges, @Nullable Buffer gain, Buffer output, Pairs pairs)
            implements
                PairOp {
        @Override
        public List<Buffer> reads() {
            return Op.present(receivers, senders, edges, gain);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(output);
        }
    }

    /**
     * sums_i = factor · Σ messages of the edges that i receives: of all its edges, if pairs are unordered.
     *
     * @param messages [sample][edge][feature], not modified
     * @param sums [sample][particle][feature], modified
     */
    record NodeSum(Buffer messages, Buffer sums, double factor, Pairs pairs) implements PairOp {
        @Override
        public List<Buffer> reads() {
            return List.of(messages);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(sums);
        }

        @Override
        public Buffer domain() {
            return messages;
        }
    }

    /**
     * moved_i = x_i + Σ_j direction_ij c_ij with c = bound · tanh(weight), or c = weight if bound is 0. In an unordered pair j gets
     * the opposite of what i gets.
     *
     * @param x [sample][particle·axis], not modified; may be absent, which means 0
     * @param directions [sample][edge][axis], not modified
     * @param weights [sample][edge][1], not modified
     * @param moved [sample][particle·axis], modified
     */
    record CoordinateUpdate(@Nullable Buffer x, Buffer directions, Buffer weights, Buffer moved, Pairs pairs,
            double bound) implements PairOp {
        @Override
        public List<Buffer> reads() {
            return Op.present(x, directions, weights);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(moved);
        }

        @Override
        public Buffer domain() {
            return weights;
        }
    }

    /**
     * nodes_i = row for every particle of the sample.
     *
     * @param row [sample][feature] or [1][feature], not modified
     * @param nodes [sample][particle][feature], modified
     */
    record Spread(Buffer row, Buffer nodes) implements PairOp {
        @Override
        public List<Buffer> reads() {
            return List.of(row);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(nodes);
        }
    }

    /**
     * displacement = P (x − origin), where P removes the mean over the particles.
     *
     * @param x [sample][particle·axis], not modified
     * @param origin [sample][particle·axis], not modified; may be absent, which means 0; a constant for the gradient
     * @param displacement [sample][particle·axis], modified
     */
    record Displacement(Buffer x, @Nullable Buffer origin, Buffer displacement, int particles) implements PairOp {
        @Override
        public List<Buffer> reads() {
            return Op.present(x, origin);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(displacement);
        }
    }

    /**
     * dot of each item's row with its sample's vector.
     *
     * @param features [sample][item][feature], not modified
     * @param vector [sample][feature] or [1][feature], not modified
     * @param dots [sample][item][1], modified
     */
    record VectorDot(Buffer features, Buffer vector, Buffer dots) implements PairOp {
        @Override
        public List<Buffer> reads() {
            return List.of(features, vector);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(dots);
        }
    }

    /**
     * output_i = addend_i + x_i coefficient_i/√(s² + variance).
     *
     * @param x [sample][particle·axis], not modified; a constant for the gradient
     * @param coefficients [sample][particle][1], not modified
     * @param variance [sample][1] or [1][1], not modified
     * @param addend [sample][particle·axis], not modified
     * @param output [sample][particle·axis], modified
     */
    record PositionTerm(Buffer x, Buffer coefficients, Buffer variance, Buffer addend, Buffer output,
            double dataDeviation) implements PairOp {
        @Override
        public List<Buffer> reads() {
            return List.of(x, coefficients, variance, addend);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(output);
        }
    }
}
