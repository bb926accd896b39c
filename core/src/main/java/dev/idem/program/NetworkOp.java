package dev.idem.program;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ops of feed-forward networks. All parameters of a network live in one flat buffer [parameter][1]. */
public sealed interface NetworkOp extends Op {

    /**
     * embedded = [sin(scale x_c f_0) … sin(scale x_c f_{E/2−1}), cos(scale x_c f_0) …] for each coordinate c, with f_k =
     * exp(−ln(10000) k/(E/2 − 1)). Not differentiated: its inputs do not depend on parameters.
     *
     * @param x [row][coordinate], not modified
     * @param embedded [row][coordinate·E], modified
     */
    record Embedding(Buffer x, Buffer embedded, double scale) implements NetworkOp {
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
     * output = input · W + bias + addend; each element is one chain of fused multiply-adds over the inputs in order.
     *
     * @param input [row][in], not modified
     * @param parameters [parameter][1], not modified
     * @param addend [row][out] or [1][out], not modified; takes the place of the bias
     * @param output [row][out], modified
     * @param weight where W [in][out] begins in the parameters
     * @param bias where the bias [out] begins in the parameters, or −1 for none; −1 exactly if there is an addend
     */
    record Linear(Buffer input, Buffer parameters, @Nullable Buffer addend, Buffer output, int weight, int bias)
            implements
                NetworkOp {
        @Override
        public List<Buffer> reads() {
            List<Buffer> reads = new ArrayList<>(List.of(input, parameters));
            if (addend != null) {
                reads.add(addend);
            }
            return reads;
        }

        @Override
        public List<Buffer> writes() {
            return List.of(output);
        }

        @Override
        public List<Buffer> wholeReads() {
            return List.of(parameters);
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
            return residual == null ? List.of(input) : List.of(input, residual);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(output);
        }
    }
}
