package dev.idem.program;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ops of feed-forward networks. All parameters of a network live in one flat buffer [parameter][1]. */
public sealed interface NetworkOp extends Op {

    /** A layer with parameters, which every row needs. */
    sealed interface Trained extends NetworkOp {

        /** Returns the flat buffer of parameters, [parameter][1]. */
        Buffer parameters();

        @Override
        default List<Buffer> wholeReads() {
            return List.of(parameters());
        }
    }

    /**
     * embedded = [sin(scale x_c f_0) … sin(scale x_c f_{E/2−1}), cos(scale x_c f_0) …] for each coordinate c, with f_k =
     * exp(−ln(span) k/(E/2 − 1)). Not differentiated: its inputs do not depend on parameters.
     *
     * @param x [row][coordinate], not modified
     * @param embedded [row][coordinate·E], modified
     * @param scale factor of x, the highest frequency
     * @param span ratio of the highest to the lowest frequency
     */
    record Embedding(Buffer x, Buffer embedded, double scale, double span) implements NetworkOp {

        /** Span of the frequencies of the method's multilayer perceptron. */
        public static final double USUAL_SPAN = 10_000;

        /** Returns E, the length of the embedding of one coordinate; even, at least 4. */
        public int length() {
            return embedded.columns() / x.columns();
        }

        @Override
        public List<Buffer> reads() {
            return List.of(x);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(embedded);
        }
    }

    /**
     * output = input · W + bias or addend or 0; each element is one chain of fused multiply-adds over the inputs in order.
     *
     * @param input [row][in], not modified
     * @param parameters [parameter][1], not modified
     * @param addend [row][out] or [1][out], not modified; takes the place of the bias
     * @param output [row][out], modified
     * @param weight where W [in][out] begins in the parameters
     * @param bias where the bias [out] begins in the parameters, or −1 for none; −1 if there is an addend
     */
    record Linear(Buffer input, Buffer parameters, @Nullable Buffer addend, Buffer output, int weight, int bias)
            implements
                Trained {
        @Override
        public List<Buffer> reads() {
            return Op.present(input, parameters, addend);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(output);
        }
    }

    /**
     * output = activation(input) + residual.
     *
     * @param input [row][feature], not modified
     * @param residual [row][feature], not modified; may be absent
     * @param output [row][feature], modified
     */
    record Activate(Buffer input, @Nullable Buffer residual, Buffer output, Activation activation)
            implements
                NetworkOp {
        @Override
        public List<Buffer> reads() {
            return Op.present(input, residual);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(output);
        }
    }

    /**
     * output = activation(input) · W + bias + addend. Of the two halves only the input is kept for the gradient, which computes the
     * activation anew.
     *
     * @param input [row][in], not modified
     * @param parameters [parameter][1], not modified
     * @param addend [row][out], not modified; may be absent, which means 0
     * @param output [row][out], modified
     * @param weight where W [in][out] begins in the parameters
     * @param bias where the bias [out] begins in the parameters, or −1 for none
     */
    record ActivatedLinear(Buffer input, Buffer parameters, @Nullable Buffer addend, Buffer output, int weight,
            int bias, Activation activation) implements Trained {
        @Override
        public List<Buffer> reads() {
            return Op.present(input, parameters, addend);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(output);
        }
    }

    /**
     * gated = a · sigmoid(a · w + bias) with a = silu(input): attention of a message to itself.
     *
     * @param input [row][feature], not modified
     * @param parameters [parameter][1], not modified
     * @param gated [row][feature], modified
     * @param weight where w [feature] begins in the parameters
     * @param bias where the one bias lies in the parameters
     */
    record Gate(Buffer input, Buffer parameters, Buffer gated, int weight, int bias) implements Trained {
        @Override
        public List<Buffer> reads() {
            return List.of(input, parameters);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(gated);
        }
    }

    /**
     * output = w ⊙ (1 + gain).
     *
     * @param gain [row][feature], not modified
     * @param parameters [parameter][1], not modified
     * @param output [row][feature], modified
     * @param weight where w [feature] begins in the parameters
     */
    record Modulate(Buffer gain, Buffer parameters, Buffer output, int weight) implements Trained {
        @Override
        public List<Buffer> reads() {
            return List.of(gain, parameters);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(output);
        }
    }
}
