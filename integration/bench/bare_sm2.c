/* What OpenSSL's SM2 encryption alone does: THREADS threads for SECONDS, each message a sign and a record of these
 * sizes. bench_bare_sm2 THREADS SECONDS SIGN_BYTES RECORD_BYTES     prints: messages/s, CPU ms a message */
#include <openssl/err.h>
#include <openssl/evp.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { MOST_BYTES = 8192, MOST_THREADS = 64 };

static EVP_PKEY* key;
static double ends_s;
static size_t sizes[2];

static double now_s(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void need(int good) {
    if (good == 1) return;
    ERR_print_errors_fp(stderr);
    exit(EXIT_FAILURE);
}

static void* encrypt(void* count) {
    static const unsigned char plain[MOST_BYTES];
    unsigned char out[MOST_BYTES + 256];
    while (now_s(CLOCK_MONOTONIC) < ends_s) {
        for (int i = 0; i < 2; ++i) {
            EVP_PKEY_CTX* const ctx = EVP_PKEY_CTX_new(key, NULL);
            size_t size = sizeof out;
            need(ctx != NULL);
            need(EVP_PKEY_encrypt_init(ctx));
            need(EVP_PKEY_encrypt(ctx, out, &size, plain, sizes[i]));
            EVP_PKEY_CTX_free(ctx);
        }
        ++*(unsigned long*)count;
    }
    return NULL;
}

int main(int argc, char** argv) {
    if (argc != 5) return 2;
    const long threads = strtol(argv[1], NULL, 10);
    const double seconds = strtod(argv[2], NULL);
    for (int i = 0; i < 2; ++i) sizes[i] = strtoul(argv[3 + i], NULL, 10);
    if (threads < 1 || threads > MOST_THREADS || sizes[0] > MOST_BYTES || sizes[1] > MOST_BYTES) return 2;
    key = EVP_PKEY_Q_keygen(NULL, NULL, "SM2");
    need(key != NULL);

    pthread_t thread[MOST_THREADS];
    unsigned long count[MOST_THREADS] = {0}, all = 0;
    const double began = now_s(CLOCK_MONOTONIC), cpu = now_s(CLOCK_PROCESS_CPUTIME_ID);
    ends_s = began + seconds;
    for (int i = 0; i < threads; ++i)
        if (pthread_create(&thread[i], NULL, encrypt, &count[i]) != 0) return 1;
    for (int i = 0; i < threads; ++i) pthread_join(thread[i], NULL);
    for (int i = 0; i < threads; ++i) all += count[i];
    printf("%.0f %.4f\n", (double)all / (now_s(CLOCK_MONOTONIC) - began),
           1000 * (now_s(CLOCK_PROCESS_CPUTIME_ID) - cpu) / (double)all);
    EVP_PKEY_free(key);
    return 0;
}
