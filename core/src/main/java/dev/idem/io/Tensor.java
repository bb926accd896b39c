package dev.idem.io;

import java.util.Arrays;

/**
 * A named array with a shape, as a safetensors file holds it. Arrays are not copied: a tensor is a way to hand one
 * over.
 */
public sealed interface Tensor {

    /** Returns the name, unique in its file. */
    String name();

    /** Returns the sizes, slowest first; none for a single number. Not a copy. */
    int[] shape();

    /** Returns the number of values. */
    int size();

    /** Returns the type as the file names it. */
    TensorType type();

    /**
     * Numbers in single precision.
     *
     * @param name name
     * @param values [in the order of the shape]
     * @param shape sizes, slowest first
     */
    record Floats(String name, float[] values, int... shape) implements Tensor {

        /** Checks that there are as many values as the shape says. */
        public Floats {
            requireSize(name, values.length, shape);
        }

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public TensorType type() {
            return TensorType.F32;
        }
    }

    /**
     * Numbers in double precision.
     *
     * @param name name
     * @param values [in the order of the shape]
     * @param shape sizes, slowest first
     */
    record Doubles(String name, double[] values, int... shape) implements Tensor {

        /** Checks that there are as many values as the shape says. */
        public Doubles {
            requireSize(name, values.length, shape);
        }

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public TensorType type() {
            return TensorType.F64;
        }
    }

    /**
     * Whole numbers of 32 bits.
     *
     * @param name name
     * @param values [in the order of the shape]
     * @param shape sizes, slowest first
     */
    record Ints(String name, int[] values, int... shape) implements Tensor {

        /** Checks that there are as many values as the shape says. */
        public Ints {
            requireSize(name, values.length, shape);
        }

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public TensorType type() {
            return TensorType.I32;
        }
    }

    /**
     * Whole numbers of 64 bits.
     *
     * @param name name
     * @param values [in the order of the shape]
     * @param shape sizes, slowest first
     */
    record Longs(String name, long[] values, int... shape) implements Tensor {

        /** Checks that there are as many values as the shape says. */
        public Longs {
            requireSize(name, values.length, shape);
        }

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public TensorType type() {
            return TensorType.I64;
        }
    }

    /**
     * Bytes.
     *
     * @param name name
     * @param values [in the order of the shape]
     * @param shape sizes, slowest first
     */
    record Bytes(String name, byte[] values, int... shape) implements Tensor {

        /** Checks that there are as many values as the shape says. */
        public Bytes {
            requireSize(name, values.length, shape);
        }

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public TensorType type() {
            return TensorType.U8;
        }
    }

    private static void requireSize(String name, int length, int[] shape) {
        long size = 1;
        for (int extent : shape) {
            size = extent < 0 || size > Integer.MAX_VALUE ? -1 : size * extent;
            if (size < 0) {
                break;
            }
        }
        if (size != length) {
            throw new IllegalArgumentException(
                    "tensor " + name + " has " + length + " values, must have as many as its shape "
                            + Arrays.toString(shape) + " says");
        }
    }
}
