// Until @math-labeler/service-kit exports it.
export { ApiKeys, type Role, ROLES } from '@math-labeler/service-kit';
