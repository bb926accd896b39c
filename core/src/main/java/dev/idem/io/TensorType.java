package dev.idem.io;

/** The types of number that {@link Safetensors} reads and writes, named as in the file. */
public enum TensorType {

    /** IEEE 754 binary32. */
    F32(4),
    /** IEEE 754 binary64. */
    F64(8),
    /** 32-bit two's complement. */
    I32(4),
    /** 64-bit two's complement. */
    I64(8),
    /** Unsigned byte. */
    U8(1);

    private final int bytes;

    TensorType(int bytes) {
        this.bytes = bytes;
    }

    /** Returns the number of bytes of one number. */
    public int bytes() {
        return bytes;
    }
}
