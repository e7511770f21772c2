import type { Component } from 'vue'
import type { RouteRecordRaw } from 'vue-router'

import { may, sees } from '../session'
import type { Words } from '../words'
import Access from './Access.vue'
import Calendar from './Calendar.vue'
import Catalogue from './Catalogue.vue'
import Coverage from './Coverage.vue'
import Deliveries from './Deliveries.vue'
import Delivery from './Delivery.vue'
import Evaluations from './Evaluations.vue'
import Exports from './Exports.vue'
import Health from './Health.vue'
import Home from './Home.vue'
import Inbox from './Inbox.vue'
import Ledger from './Ledger.vue'
import People from './People.vue'
import Policies from './Policies.vue'
import Unassigned from './Unassigned.vue'
import Unmaskings from './Unmaskings.vue'

export interface Room {
  name: keyof Words['rooms']
  path: string
  component: Component
  inMenu: boolean
  isOpen: () => boolean // to whoever is signed on; the server judges each request again
}

const seesDeliveries = () => sees('case_facts', 'everywhere')

export const rooms: Room[] = [
  { name: 'home', path: '/', component: Home, inMenu: true, isOpen: () => true },
  { name: 'inbox', path: '/inbox', component: Inbox, inMenu: true, isOpen: () => true },
  {
    name: 'evaluations',
    path: '/evaluations',
    component: Evaluations,
    inMenu: true,
    isOpen: () => sees('case_facts'),
  },
  {
    name: 'unassigned',
    path: '/unassigned',
    component: Unassigned,
    inMenu: true,
    isOpen: () => may('attribute_case', 'attribute_rated_case', 'sign_attribution'),
  },
  { name: 'deliveries', path: '/deliveries', component: Deliveries, inMenu: true, isOpen: seesDeliveries },
  { name: 'delivery', path: '/deliveries/:id', component: Delivery, inMenu: false, isOpen: seesDeliveries },
  { name: 'people', path: '/people', component: People, inMenu: true, isOpen: () => may('see_roster') },
  { name: 'catalogue', path: '/catalogue', component: Catalogue, inMenu: true, isOpen: () => true },
  { name: 'calendar', path: '/calendar', component: Calendar, inMenu: true, isOpen: () => true },
  { name: 'policies', path: '/policies', component: Policies, inMenu: true, isOpen: () => true },
  { name: 'health', path: '/health', component: Health, inMenu: true, isOpen: () => may('read_health') },
  { name: 'ledger', path: '/ledger', component: Ledger, inMenu: true, isOpen: () => may('verify_ledger') },
  { name: 'coverage', path: '/coverage', component: Coverage, inMenu: true, isOpen: () => may('read_coverage') },
  { name: 'exports', path: '/exports', component: Exports, inMenu: true, isOpen: () => may('read_exports') },
  {
    name: 'unmaskings',
    path: '/unmaskings',
    component: Unmaskings,
    inMenu: true,
    isOpen: () => may('read_unmaskings'),
  },
  { name: 'access', path: '/access', component: Access, inMenu: true, isOpen: () => true },
]

export const routes: RouteRecordRaw[] = [
  ...rooms.map(({ name, path, component }) => ({ name, path, component })),
  { path: '/:nowhere(.*)*', redirect: '/' },
]
