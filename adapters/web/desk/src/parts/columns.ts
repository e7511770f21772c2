export interface Column<Row> {
  key: string
  title: string
  text: (row: Row) => string
  kind?: 'code-word' | 'number' | 'time' | 'long'
  always?: boolean // cannot be put away
  hidden?: boolean // put away until somebody asks for it
}
