#include "integration/trading_host/extensions.h"

#include <string.h>

void hooks_init(hook_list* list) {
    memset(list, 0, sizeof *list);
    pthread_mutex_init(&list->mutex, NULL);
    pthread_cond_init(&list->idle, NULL);
}

void hooks_close(hook_list* list) {
    pthread_mutex_destroy(&list->mutex);
    pthread_cond_destroy(&list->idle);
}

static int find(const hook_list* list, hcp_completion_hook call, void* self) {
    for (int i = 0; i < MOST_HOOKS; ++i) {
        if (list->hook[i].call == call && (!call || list->hook[i].self == self)) return i;
    }
    return -1;
}

hcp_status hooks_add(hook_list* list, hcp_completion_hook call, void* self) {
    if (!call) return HCP_E_INVALID;
    hcp_status status = HCP_E_REFUSED; /* twice, or no place left */
    pthread_mutex_lock(&list->mutex);
    const int place = find(list, NULL, NULL);
    if (place >= 0 && find(list, call, self) < 0) {
        list->hook[place].call = call;
        list->hook[place].self = self;
        status = HCP_OK;
    }
    pthread_mutex_unlock(&list->mutex);
    return status;
}

hcp_status hooks_remove(hook_list* list, hcp_completion_hook call, void* self) {
    if (!call) return HCP_E_INVALID;
    pthread_mutex_lock(&list->mutex);
    const int place = find(list, call, self);
    if (place >= 0 && !list->hook[place].leaving) {
        list->hook[place].leaving = true;
        while (list->hook[place].in_flight > 0) pthread_cond_wait(&list->idle, &list->mutex);
        memset(&list->hook[place], 0, sizeof list->hook[place]);
    }
    pthread_mutex_unlock(&list->mutex);
    return place >= 0 ? HCP_OK : HCP_E_REFUSED;
}

size_t hooks_call(hook_list* list, const hcp_completion* events, size_t count, hcp_result* results) {
    size_t called = 0;
    pthread_mutex_lock(&list->mutex);
    for (int i = 0; i < MOST_HOOKS; ++i) {
        if (!list->hook[i].call || list->hook[i].leaving) continue;
        const hcp_completion_hook call = list->hook[i].call;
        void* const self = list->hook[i].self;
        ++list->hook[i].in_flight;
        pthread_mutex_unlock(&list->mutex);
        call(self, events, count, results);
        ++called;
        pthread_mutex_lock(&list->mutex);
        if (--list->hook[i].in_flight == 0) pthread_cond_broadcast(&list->idle);
    }
    pthread_mutex_unlock(&list->mutex);
    return called;
}
