package smew.model;

/**
 * Gauss–Legendre quadrature over 0 to 1: exact, but for rounding, for polynomials up to degree 2 n - 1.
 *
 * @param points strictly between 0 and 1, rising
 * @param weights all positive; their sum is 1
 */
record Quadrature(double[] points, double[] weights) {

    private static final int ROUNDS = 100;

    /** The one of n points: zeros of the Legendre polynomial of degree n by Newton's method, in pairs around the middle. */
    static Quadrature of(int n) {
        double[] points = new double[n];
        double[] weights = new double[n];
        for (int i = 0; i < (n + 1) / 2; i++) {
            double zero = StrictMath.cos(Math.PI * (i + 0.75) / (n + 0.5));
            double slope = 0;
            for (int round = 0; round < ROUNDS; round++) {
                double before = 0;
                double value = 1;
                for (int degree = 1; degree <= n; degree++) {
                    double next = ((2 * degree - 1) * zero * value - (degree - 1) * before) / degree;
                    before = value;
                    value = next;
                }
                slope = n * (zero * value - before) / (zero * zero - 1);
                double moved = zero - value / slope;
                if (moved == zero) {
                    break;
                }
                zero = moved;
            }
            points[i] = (1 - zero) / 2;
            points[n - 1 - i] = (1 + zero) / 2;
            weights[i] = 1 / ((1 - zero * zero) * slope * slope);
            weights[n - 1 - i] = weights[i];
        }
        return new Quadrature(points, weights);
    }
}
