package dev.rondo.cuda;

import dev.rondo.api.device.Accelerator;
import dev.rondo.testkit.DeviceContract;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** All forms of the layers, on the GPU or in emulation, against the oracle in double precision. */
@Tag("gpu")
final class CudaDeviceTest implements DeviceContract {
    @BeforeAll
    static void device0() {
        Emulation.require();
    }

    @Override
    public Accelerator accelerator() {
        return new CudaAccelerator();
    }

    @Override
    public List<String> models() {
        return List.of(
                "SRU_3",
                "SRU_4",
                "SRU_5_activation=tanh",
                "SRU_3_rescale=true_highway-bias=-1",
                "SRU_4_v1=true_activation=tanh",
                "SRU_4_highway=false",
                "SRU_4_dropout=0.3",
                "Bidirectional(SRU_3_dropout=0.3)",
                "Bidirectional(SRU_4_v1=true)",
                "QRNN_4",
                "QRNN_3_pooling=f",
                "QRNN_5_pooling=ifo",
                "QRNN_4_window=3",
                "QRNN_4_zoneout=0.4",
                "QRNN_4_zoneout=0.4_pooling=ifo",
                "Bidirectional(QRNN_4_zoneout=0.4)",
                "Bidirectional(QRNN_4_window=2)",
                "Bidirectional(QRNN_3_window=4_pooling=f)",
                "Bidirectional(QRNN_4_window=4_pooling=ifo_zoneout=0.4)",
                "Bidirectional(QRNN_4_window=12)", // longer than the pieces
                "SRU_4 Dropout_p=0.3 QRNN_4_window=2 Linear_2",
                "Linear_4 Dropout_p=0.3_per=chunk Bidirectional(SRU_4) Linear_3_bias=false",
                // The bias of a Linear takes up whatever gradient lies past a row's length.
                "Linear_4 Bidirectional(QRNN_4_window=3) Bidirectional(QRNN_3_window=2)",
                "LSTM_3 SRU_4 GRU_3 Linear_2",
                "GRU_4 QRNN_5_window=2",
                "GRU_4 Bidirectional(QRNN_5_window=3)",
                "SRU_4 LSTM_3");
    }
}
