package dev.idem.program;

/** An activation function of a network. */
public enum Activation {
    /** z/2 · (1 + erf(z/√2)), the exact Gaussian error linear unit. */
    GELU,
    /** z/(1 + exp(−z)), the sigmoid linear unit. */
    SILU
}
