package smew.store;

import java.util.zip.Checksum;

/**
 * The checksum that S3 makes of objects by itself: CRC-64 with the polynomial ad93d23594c93659, reflected, from all ones and
 * inverted at the end. The SDK (2.40) knows it with its native library only.
 */
final class Crc64Nvme implements Checksum {

    private static final long REFLECTED = Long.reverse(0xad93d23594c93659L);

    private static final long[] OF_BYTE = new long[256];

    static {
        for (int value = 0; value < OF_BYTE.length; value++) {
            long sum = value;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                sum = (sum >>> 1) ^ ((sum & 1) == 0 ? 0 : REFLECTED);
            }
            OF_BYTE[value] = sum;
        }
    }

    private long sum = -1;

    @Override
    public void update(int value) {
        sum = OF_BYTE[(int) (sum ^ value) & 0xff] ^ (sum >>> Byte.SIZE);
    }

    @Override
    public void update(byte[] bytes, int from, int count) {
        for (int i = from; i < from + count; i++) {
            update(bytes[i]);
        }
    }

    @Override
    public long getValue() {
        return ~sum;
    }

    @Override
    public void reset() {
        sum = -1;
    }
}
