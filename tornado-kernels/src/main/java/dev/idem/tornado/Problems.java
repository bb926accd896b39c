package dev.idem.tornado;

/** Turns the ways in which TornadoVM fails to start into what to do about it. */
final class Problems {

    /** TornadoVM works and finds nothing. */
    static final String NO_DEVICE = "TornadoVM finds no device: install the driver of the card, which for OpenCL brings a file into "
            + "/etc/OpenCL/vendors (NVIDIA: the driver itself; Intel: intel-opencl-icd; AMD: ROCm OpenCL)";

    private static final String NOT_INSTALLED = "TornadoVM is not there: set TORNADOVM_HOME to its SDK, or give --tornado-home; see docs/gpu.md";

    private Problems() {}

    /** Returns what a failure means. */
    static String explain(Throwable error) {
        String text = Messages.plain(error);
        if (text.contains("libcuda")) {
            return "this SDK of TornadoVM holds its PTX back end, which does not start without NVIDIA's driver (libcuda.so.1): install "
                    + "the driver, or use an SDK built for OpenCL alone";
        }
        if (text.contains("libOpenCL")) {
            return "no OpenCL loader: install ocl-icd-libopencl1 and the driver of the card";
        }
        if (text.contains("OpenCLPlatform") || text.contains("OpenCL platform")) {
            return NO_DEVICE;
        }
        if (error instanceof NoClassDefFoundError || text.contains("argfile") || text.contains("tornado.load")) {
            return NOT_INSTALLED;
        }
        return "TornadoVM does not start: " + text;
    }
}
