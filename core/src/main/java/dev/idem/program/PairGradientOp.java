package dev.idem.program;

import java.util.List;

/** Vector-Jacobian products of {@link PairOp}, with the terms of {@link GradientOp}. */
public sealed interface PairGradientOp extends Op {

    @Override
    default boolean acrossItems() {
        return true;
    }

    /**
     * xGradient (+)= what the first square and the direction of every edge pass on. Second squares are constants.
     *
     * @param squaresGradient [sample][edge][1 or 2], not modified
     * @param directionsGradient [sample][edge][axis], not modified
     * @param x [sample][particle·axis], not modified
     * @param xGradient [sample][particle·axis], modified
     */
    record Geometry(Buffer squaresGradient, Buffer directionsGradient, Buffer x, Buffer xGradient, Pairs pairs,
            boolean accumulate) implements PairGradientOp {
        @Override
        public List<Buffer> reads() {
            return GradientOp.read(xGradient, accumulate, squaresGradient, directionsGradient, x);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(xGradient);
        }

        @Override
        public Buffer domain() {
            return directionsGradient;
        }
    }

    /**
     * squaresGradient = Σ over the functions of functionsGradient · ∂function/∂square.
     *
     * @param functionsGradient [sample][item][distance·function], not modified
     * @param functions [sample][item][distance·function], not modified
     * @param squares [sample][item][distance], not modified
     * @param variance [sample][1] or [1][1], not modified
     * @param squaresGradient [sample][item][distance], modified
     */
    record RadialFunctions(Buffer functionsGradient, Buffer functions, Buffer squares, Buffer variance,
            Buffer squaresGradient, RadialBasis basis) implements PairGradientOp {
        @Override
        public List<Buffer> reads() {
            return List.of(functionsGradient, functions, squares, variance);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(squaresGradient);
        }
    }

    /**
     * For every edge i, j: receiversGradient_i and sendersGradient_j gain outputGradient. The gradient of the edges is outputGradient
     * itself where there is no gain.
     *
     * @param outputGradient [sample][edge][feature], not modified
     * @param receiversGradient [sample][particle][feature], modified
     * @param sendersGradient [sample][particle][feature], modified; may be receiversGradient
     */
    record EdgeInput(Buffer outputGradient, Buffer receiversGradient, Buffer sendersGradient, Pairs pairs)
            implements
                PairGradientOp {
        @Override
        public List<Buffer> reads() {
            return List.of(outputGradient);
        }

        @Override
        public List<Buffer> writes() {
            return receiversGradient.equals(sendersGradient)
                    ? List.of(receiversGradient)
                    : List.of(receiversGradient, sendersGradient);
        }

        @Override
        public Buffer domain() {
            return outputGradient;
        }
    }

    /**
     * edgesGradient = outputGradient ⊙ (1 + gain), gainGradient = Σ_edges outputGradient ⊙ edges.
     *
     * @param outputGradient [sample][edge][feature], not modified
     * @param edges [sample][edge][feature], not modified
     * @param gain [sample][feature], not modified
     * @param edgesGradient [sample][edge][feature], modified
     * @param gainGradient [sample][feature], modified
     */
    record EdgeGain(Buffer outputGradient, Buffer edges, Buffer gain, Buffer edgesGradient, Buffer gainGradient)
            implements
                PairGradientOp {
        @Override
        public List<Buffer> reads() {
            return List.of(outputGradient, edges, gain);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(edgesGradient, gainGradient);
        }
    }

    /**
     * messagesGradient (+)= factor · sumsGradient_i, and likewise of j if pairs are unordered.
     *
     * @param sumsGradient [sample][particle][feature], not modified
     * @param messagesGradient [sample][edge][feature], modified
     */
    record NodeSum(Buffer sumsGradient, Buffer messagesGradient, double factor, Pairs pairs, boolean accumulate)
            implements
                PairGradientOp {
        @Override
        public List<Buffer> reads() {
            return GradientOp.read(messagesGradient, accumulate, sumsGradient);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(messagesGradient);
        }
    }

    /**
     * With g = movedGradient_i, less movedGradient_j if pairs are unordered: directionsGradient = g c, weightsGradient = (g ·
     * direction) ∂c/∂weight.
     *
     * @param movedGradient [sample][particle·axis], not modified
     * @param directions [sample][edge][axis], not modified
     * @param weights [sample][edge][1], not modified
     * @param directionsGradient [sample][edge][axis], modified
     * @param weightsGradient [sample][edge][1], modified
     */
    record CoordinateUpdate(Buffer movedGradient, Buffer directions, Buffer weights, Buffer directionsGradient,
            Buffer weightsGradient, Pairs pairs, double bound) implements PairGradientOp {
        @Override
        public List<Buffer> reads() {
            return List.of(movedGradient, directions, weights);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(directionsGradient, weightsGradient);
        }
    }

    /**
     * rowGradient = Σ_particles nodesGradient.
     *
     * @param nodesGradient [sample][particle][feature], not modified
     * @param rowGradient [sample][feature], modified
     */
    record Spread(Buffer nodesGradient, Buffer rowGradient) implements PairGradientOp {
        @Override
        public List<Buffer> reads() {
            return List.of(nodesGradient);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(rowGradient);
        }

        @Override
        public Buffer domain() {
            return nodesGradient;
        }
    }

    /**
     * featuresGradient (+)= dotsGradient · vector, vectorGradient = Σ_items dotsGradient · features.
     *
     * @param dotsGradient [sample][item][1], not modified
     * @param features [sample][item][feature], not modified
     * @param vector [sample][feature], not modified
     * @param featuresGradient [sample][item][feature], modified
     * @param vectorGradient [sample][feature], modified
     */
    record VectorDot(Buffer dotsGradient, Buffer features, Buffer vector, Buffer featuresGradient,
            Buffer vectorGradient, boolean accumulate) implements PairGradientOp {
        @Override
        public List<Buffer> reads() {
            return GradientOp.read(featuresGradient, accumulate, dotsGradient, features, vector);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(featuresGradient, vectorGradient);
        }
    }

    /**
     * coefficientsGradient_i = outputGradient_i · x_i/√(s² + variance).
     *
     * @param outputGradient [sample][particle·axis], not modified
     * @param x [sample][particle·axis], not modified
     * @param variance [sample][1] or [1][1], not modified
     * @param coefficientsGradient [sample][particle][1], modified
     */
    record PositionTerm(Buffer outputGradient, Buffer x, Buffer variance, Buffer coefficientsGradient,
            double dataDeviation) implements PairGradientOp {
        @Override
        public List<Buffer> reads() {
            return List.of(outputGradient, x, variance);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(coefficientsGradient);
        }
    }
}
