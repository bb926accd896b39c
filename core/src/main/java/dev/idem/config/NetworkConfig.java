package dev.idem.config;

import dev.idem.program.Activation;

/**
 * The network.
 *
 * @param kind which network
 * @param hidden width of the layers
 * @param blocks number of residual blocks, or of layers of messages
 * @param embedding length of the embedding of one coordinate, and of time; even (mlp)
 * @param activation activation function (mlp)
 * @param coordinateScale factor of a coordinate before it is embedded; as published 25 (mlp)
 * @param timeScale factor of time before it is embedded; as published 1 (mlp)
 * @param predicts what the network's output means
 * @param dataDeviation standard deviation of the data per coordinate for the denoiser form, in model coordinates
 */
public record NetworkConfig(Kind kind, int hidden, int blocks, int embedding, Activation activation,
        double coordinateScale,
        double timeScale, Predicts predicts, double dataDeviation) {

    private static final int LARGEST = 4096;

    /** Which network. */
    public enum Kind {
        /** Sinusoidal embeddings of coordinates and time, one input layer, residual blocks, one output layer. */
        MLP,
        /** The published equivariant network on the complete graph of particles; always with SiLU. */
        EGNN,
        /** An equivariant network of particles that takes distances anew at each layer's denoised estimate; a denoiser. */
        CLUSTER
    }

    /** What the network's output means. */
    public enum Predicts {
        /** The score itself: as published. */
        SCORE,
        /** The clean point, preconditioned as by Karras et al. (arXiv 2206.00364). */
        DENOISER
    }

    /** @throws IllegalArgumentException if a value is out of range */
    public NetworkConfig {
        Names.require(hidden >= 1 && hidden <= LARGEST, "network.hidden", hidden, "in [1, " + LARGEST + "]");
        Names.require(blocks >= 0 && blocks <= 64, "network.blocks", blocks, "in [0, 64]");
        Names.require(embedding >= 4 && embedding <= LARGEST && embedding % 2 == 0, "network.embedding", embedding,
                "even and in [4, " + LARGEST + "]");
        Names.require(Names.positive(coordinateScale), "network.coordinateScale", coordinateScale,
                "positive and finite");
        Names.require(Names.positive(timeScale), "network.timeScale", timeScale, "positive and finite");
        Names.require(kind != Kind.CLUSTER || predicts == Predicts.DENOISER, "network.predicts", Names.of(predicts),
                "denoiser for network.kind = cluster");
        Names.require(Names.positive(dataDeviation), "network.dataDeviation", dataDeviation, "positive and finite");
    }
}
