package dev.idem.cpu;

/** Working memory of {@link MoveRows} and {@link TrajectoryRows}, one for each worker and dimension: proposals of a block of rows. */
final class MoveScratch {

    final float[] noise; // [row][axis]
    final float[] velocity; // [row][axis], of trajectories
    final float[] drift; // [row][axis], at x, or at the proposal of a trajectory
    final float[] proposal; // [row][axis]
    final float[] force; // [row][axis], at the proposal
    final float[] energy = new float[MoveRows.BLOCK]; // [row], at the proposal
    final double[] change = new double[MoveRows.BLOCK]; // [row], of the kinetic energy along a trajectory
    final boolean[] going = new boolean[MoveRows.BLOCK]; // [row], whether its trajectory is still finite
    final boolean[] movable = new boolean[MoveRows.BLOCK]; // [row]
    final float[] back; // [axis], drift at the proposal of one row

    MoveScratch(int dimension) {
        noise = new float[MoveRows.BLOCK * dimension];
        velocity = new float[MoveRows.BLOCK * dimension];
        drift = new float[MoveRows.BLOCK * dimension];
        proposal = new float[MoveRows.BLOCK * dimension];
        force = new float[MoveRows.BLOCK * dimension];
        back = new float[dimension];
    }
}
