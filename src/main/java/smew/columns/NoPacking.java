package smew.columns;

import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import smew.base.Fault;
import smew.base.SmewException;

/** Refuses batches that are packed inside: how large they become is known only when they have. */
final class NoPacking implements CompressionCodec.Factory {

    static final NoPacking FACTORY = new NoPacking();

    private NoPacking() {}

    @Override
    public CompressionCodec createCodec(CodecType type) {
        if (type == CodecType.NO_COMPRESSION) {
            return NoCompressionCodec.INSTANCE;
        }
        throw new SmewException(
                Fault.MEDIA_TYPE,
                "Reading the Arrow stream: its batches are packed by " + type
                        + ", expected plain ones. Send them so, and pack the whole body by gzip where that is wanted.");
    }

    @Override
    public CompressionCodec createCodec(CodecType type, int level) {
        return createCodec(type);
    }
}
