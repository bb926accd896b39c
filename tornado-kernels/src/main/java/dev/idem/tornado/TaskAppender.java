package dev.idem.tornado;

import uk.ac.manchester.tornado.api.common.TornadoFunctions;

/** The overloads by which a kernel, as a method reference, and its arguments become a {@link Task}. */
abstract class TaskAppender {

    /** Takes a task whose kernel and arguments are known. */
    abstract void append(Task.Kernel kernel, Object... arguments);

    final <T1, T2> void add(TornadoFunctions.Task2<T1, T2> kernel, T1 a1, T2 a2) {
        append(new Task.Kernel((graph, id) -> graph.task(id, kernel, a1, a2), () -> kernel.apply(a1, a2)), a1, a2);
    }

    final <T1, T2, T3> void add(TornadoFunctions.Task3<T1, T2, T3> kernel, T1 a1, T2 a2, T3 a3) {
        append(new Task.Kernel((graph, id) -> graph.task(id, kernel, a1, a2, a3), () -> kernel.apply(a1, a2, a3)), a1,
                a2, a3);
    }

    final <T1, T2, T3, T4> void add(TornadoFunctions.Task4<T1, T2, T3, T4> kernel, T1 a1, T2 a2, T3 a3, T4 a4) {
        append(new Task.Kernel((graph, id) -> graph.task(id, kernel, a1, a2, a3, a4),
                () -> kernel.apply(a1, a2, a3, a4)), a1, a2, a3, a4);
    }

    final <T1, T2, T3, T4, T5> void add(TornadoFunctions.Task5<T1, T2, T3, T4, T5> kernel, T1 a1, T2 a2, T3 a3, T4 a4,
            T5 a5) {
        append(new Task.Kernel((graph, id) -> graph.task(id, kernel, a1, a2, a3, a4, a5),
                () -> kernel.apply(a1, a2, a3, a4, a5)), a1, a2, a3, a4, a5);
    }

    final <T1, T2, T3, T4, T5, T6> void add(TornadoFunctions.Task6<T1, T2, T3, T4, T5, T6> kernel, T1 a1, T2 a2, T3 a3,
            T4 a4, T5 a5, T6 a6) {
        append(new Task.Kernel((graph, id) -> graph.task(id, kernel, a1, a2, a3, a4, a5, a6),
                () -> kernel.apply(a1, a2, a3, a4, a5, a6)), a1, a2, a3, a4, a5, a6);
    }

    final <T1, T2, T3, T4, T5, T6, T7> void add(TornadoFunctions.Task7<T1, T2, T3, T4, T5, T6, T7> kernel, T1 a1, T2 a2,
            T3 a3, T4 a4, T5 a5, T6 a6, T7 a7) {
        append(new Task.Kernel((graph, id) -> graph.task(id, kernel, a1, a2, a3, a4, a5, a6, a7),
                () -> kernel.apply(a1, a2, a3, a4, a5, a6, a7)), a1, a2, a3, a4, a5, a6, a7);
    }

    final <T1, T2, T3, T4, T5, T6, T7, T8> void add(TornadoFunctions.Task8<T1, T2, T3, T4, T5, T6, T7, T8> kernel,
            T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8) {
        append(new Task.Kernel((graph, id) -> graph.task(id, kernel, a1, a2, a3, a4, a5, a6, a7, a8),
                () -> kernel.apply(a1, a2, a3, a4, a5, a6, a7, a8)), a1, a2, a3, a4, a5, a6, a7, a8);
    }

    final <T1, T2, T3, T4, T5, T6, T7, T8, T9> void add(
            TornadoFunctions.Task9<T1, T2, T3, T4, T5, T6, T7, T8, T9> kernel, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6,
            T7 a7, T8 a8, T9 a9) {
        append(new Task.Kernel((graph, id) -> graph.task(id, kernel, a1, a2, a3, a4, a5, a6, a7, a8, a9),
                () -> kernel.apply(a1, a2, a3, a4, a5, a6, a7, a8, a9)), a1, a2, a3, a4, a5, a6, a7, a8, a9);
    }

    final <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> void add(
            TornadoFunctions.Task10<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> kernel, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5,
            T6 a6, T7 a7, T8 a8, T9 a9, T10 a10) {
        append(new Task.Kernel((graph, id) -> graph.task(id, kernel, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10),
                () -> kernel.apply(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10)), a1, a2, a3, a4, a5, a6, a7, a8, a9, a10);
    }

    final <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> void add(
            TornadoFunctions.Task11<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> kernel, T1 a1, T2 a2, T3 a3, T4 a4,
            T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11) {
        append(new Task.Kernel((graph, id) -> graph.task(id, kernel, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11),
                () -> kernel.apply(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11)), a1, a2, a3, a4, a5, a6, a7, a8, a9,
                a10, a11);
    }

    final <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> void add(
            TornadoFunctions.Task12<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> kernel, T1 a1, T2 a2, T3 a3,
            T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12) {
        append(new Task.Kernel((graph, id) -> graph.task(id, kernel, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12),
                () -> kernel.apply(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12)), a1, a2, a3, a4, a5, a6, a7, a8,
                a9, a10, a11, a12);
    }

    final <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> void add(
            TornadoFunctions.Task13<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> kernel, T1 a1, T2 a2, T3 a3,
            T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12, T13 a13) {
        append(new Task.Kernel(
                (graph, id) -> graph.task(id, kernel, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13),
                () -> kernel.apply(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13)), a1, a2, a3, a4, a5, a6, a7,
                a8, a9, a10, a11, a12, a13);
    }

    final <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> void add(
            TornadoFunctions.Task14<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> kernel, T1 a1, T2 a2,
            T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12, T13 a13, T14 a14) {
        append(new Task.Kernel(
                (graph, id) -> graph.task(id, kernel, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14),
                () -> kernel.apply(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14)), a1, a2, a3, a4, a5,
                a6, a7, a8, a9, a10, a11, a12, a13, a14);
    }

    final <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15> void add(
            TornadoFunctions.Task15<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15> kernel, T1 a1,
            T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12, T13 a13, T14 a14,
            T15 a15) {
        append(new Task.Kernel(
                (graph, id) -> graph.task(id, kernel, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15),
                () -> kernel.apply(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15)), a1, a2, a3, a4,
                a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15);
    }
}
